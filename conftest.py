"""What every test may use, and the order in which the tests run."""

import pytest
from hypothesis import HealthCheck, settings

from tests import builders

# The same examples on every machine, and as much time as it takes: a slow one is not a failure.
settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
# For `make check`; `make test` tries them all.
settings.register_profile("quick", settings.get_profile("house"), max_examples=40)
settings.load_profile("house")

# Scripts: Streamlit runs them, nothing imports them.
collect_ignore = ["app.py", "grasp_ui/ui/main.py"]
collect_ignore_glob = ["pages/*.py"]


@pytest.fixture(autouse=True)
def _builders_for_examples(doctest_namespace: dict[str, object]) -> None:
    """Examples in docstrings may use the small builders as they are."""
    doctest_namespace.update(graph=builders.graph, said=builders.said)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright's own loop keeps later async tests from running."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    return 2 if item.get_closest_marker("browser") else bool(item.get_closest_marker("model"))
