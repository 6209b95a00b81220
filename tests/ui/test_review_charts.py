"""The charts of the Review page show what there is, and nothing of what there is not."""

from streamlit.testing.v1 import AppTest

from grasp_ui.model.tag import Tag
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.conversations import add_conversations
from tests.services.reviewed import talk, target
from tests.ui.conftest import words


def charts_page() -> None:
    """The script of a page with the charts; it runs apart and so imports what it uses."""
    from grasp_ui.model.selection import Selection
    from grasp_ui.ui.review_charts import show_charts
    from grasp_ui.ui.session import workspace

    show_charts(workspace(), Selection())


def shown() -> str:
    """What the charts are called."""
    page = AppTest.from_function(charts_page, default_timeout=30).run()
    assert not page.exception
    return words(page)


def test_what_people_ask_for_is_shown_where_judges_said_it(opened: Workspace) -> None:
    add_conversations(opened.database, [talk("a", "Rain.", rule("a"))])
    opened.database.settle()
    assert "What people ask for" not in shown()
    said = rule("b").model_copy(
        update={"name": "instruction_tags", "element": "poetry", "source": "judge"}
    )
    add_conversations(opened.database, [talk("b", "Roses.", said)])
    opened.database.settle()
    assert "What people ask for" in shown()


def rule(name: str) -> Tag:
    """What a rule found in the conversation `name`."""
    return Tag(target=target(name), name="loop", value=1, action="warn", source="rule",
               author="loop")  # fmt: skip
