"""What every test may use, and the order in which the tests run."""

import pytest

# Scripts: Streamlit runs them, nothing imports them.
collect_ignore = ["app.py", "grasp_ui/ui/main.py"]
collect_ignore_glob = ["pages/*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright's own loop keeps later async tests from running."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    return 2 if item.get_closest_marker("browser") else bool(item.get_closest_marker("model"))
