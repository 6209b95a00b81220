"""What stands below other things on Design keeps its place, however much stands above.

Fragments that run by themselves are sent even where the blocks around them were not yet: in a
browser without a block at that place they end in an error of the page.
"""

from collections.abc import Iterator

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Node

from grasp_ui.services.runs import recent_runs
from grasp_ui.services.workspace import Workspace
from tests.ui.conftest import Show
from tests.ui.test_design import TALK

Place = tuple[int, ...]


def test_the_sides_stand_where_they_stood_before_a_run(show: Show, full: Workspace) -> None:
    before = place_of(show("design", graph=TALK))
    after = place_of(show("design", graph=TALK, run=recent_runs(full, 1)[0].id))
    assert before == after


def test_what_a_node_did_stands_below_any_number_of_problems(show: Show, opened: Workspace) -> None:
    path = opened.home / "graphs" / "talk.yaml"
    right = advice_of(side_of(show, "Last run"))
    path.write_text(f"{path.read_text()}outputs: {{}}\nlayouts: {{}}\n")
    assert advice_of(side_of(show, "Last run")) == right


def side_of(show: Show, name: str) -> AppTest:
    """The Design page with another side beside the canvas."""
    page = show("design", graph=TALK)
    return page.button_group(key="design.side").set_value(name).run()


def place_of(page: AppTest) -> Place:
    """Where the choice of sides stands in the tree of the page."""
    return next(
        place for place, node in nodes(page.main) if getattr(node, "key", "") == "design.side"
    )


def advice_of(page: AppTest) -> Place:
    """Where it is said that no run is watched yet."""
    found = (
        p for p, node in nodes(page.main) if "Nothing is watched" in str(getattr(node, "value", ""))
    )
    return next(found)


def nodes(block: Block, place: Place = ()) -> Iterator[tuple[Place, Node]]:
    """Everything on a page that is no block, with its place."""
    for number, child in block.children.items():
        if isinstance(child, Block):
            yield from nodes(child, (*place, number))
        else:
            yield (*place, number), child
