"""The picture of a conversation's tree."""

from grasp_ui.ui.theme import HEX
from grasp_ui.ui.trees import tree_edges, tree_node
from tests.ui.samples import tagged


def test_each_answer_hangs_below_what_it_answers() -> None:
    edges = tree_edges(tagged("a", "b", "c").conversation)
    assert [(edge.source, edge.to) for edge in edges] == [("m0", "m1"), ("m1", "m2")]


def test_a_rejected_message_is_red() -> None:
    message = tagged().conversation.messages[-1]
    assert tree_node(message, {"m1"}, "light").color["background"] == HEX["light"]["red"]


def test_no_text_of_a_message_can_become_html_or_an_address() -> None:
    message = tagged("<img src=x onerror=alert(1)>").conversation.messages[0]
    assert tree_node(message, set(), "dark").title == ""
