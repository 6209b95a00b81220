"""The forms beside the canvas change the graph, and the draft follows."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from grasp_ui.interchange.seed_source import SEED_SOURCES
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.value import GraphId
from grasp_ui.services import graphs
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.runs import recent_runs
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.desk import Desk
from tests.ui.canvas.test_canvas_component import item, say
from tests.ui.conftest import Show, words
from tests.ui.prompt_fields import shown, write

TALK = GraphId("own/talk")
KEY = "design.own/talk"


def test_a_click_on_a_node_shows_its_form(show: Show, opened: Workspace) -> None:
    page = selected(show, nodes=["ask"])
    assert shown(page, f"{KEY}.ask.prompt")["text"] == "Ask about {topic}."


def test_an_edited_prompt_is_in_the_draft(show: Show, opened: Workspace) -> None:
    page = selected(show, nodes=["ask"])
    write(page, f"{KEY}.ask.prompt", "Ask twice.")
    assert draft(opened).nodes["ask"].fields["prompt"] == "Ask twice."


def test_what_few_need_is_drawn_once_more_is_open(show: Show, opened: Workspace) -> None:
    page = selected(show, nodes=["ask"])
    assert f"{KEY}.ask.temperature" not in page.session_state
    more(page, f"{KEY}.ask").number_input(key=f"{KEY}.ask.temperature").set_value(0.5).run()
    assert draft(opened).nodes["ask"].fields["temperature"] == 0.5


def test_what_was_set_under_more_stays_while_it_is_shut(show: Show, opened: Workspace) -> None:
    page = more(selected(show, nodes=["ask"]), f"{KEY}.ask")
    page.number_input(key=f"{KEY}.ask.temperature").set_value(0.5).run()
    more(page, f"{KEY}.ask", is_open=False)
    write(page, f"{KEY}.ask.prompt", "Ask twice.")
    assert draft(opened).nodes["ask"].fields["temperature"] == 0.5
    more(page, f"{KEY}.ask")
    assert page.number_input(key=f"{KEY}.ask.temperature").value == 0.5


def test_more_opens_by_itself_where_something_is_wrong_there(show: Show, opened: Workspace) -> None:
    path = opened.home / "graphs" / "talk.yaml"
    path.write_text(path.read_text().replace("role: user", "role: user, top_p: 7"))
    page = selected(show, nodes=["ask"])
    assert page.text_area(key=f"{KEY}.ask.top_p~").value == "7"


def test_a_prompt_stands_above_persona_and_goal(show: Show, opened: Workspace) -> None:
    page = selected(show, nodes=["ask"])
    ids = [element.proto.id for element in page.get("bidi_component")]
    places = [
        next(at for at, one in enumerate(ids) if one.endswith(f"ask.{name}.editor"))
        for name in ("prompt", "persona", "goal")
    ]
    assert places == sorted(places)


def test_an_unknown_variable_of_a_prompt_is_shown(show: Show, opened: Workspace) -> None:
    page = selected(show, nodes=["ask"])
    write(page, f"{KEY}.ask.prompt", "Ask about {tpic}.")
    said = shown(page, f"{KEY}.ask.prompt")["problems"]
    assert said == ["There is no variable 'tpic'. Did you mean 'topic'?"]


def test_a_renamed_node_keeps_its_arrows(show: Show, opened: Workspace) -> None:
    page = selected(show, nodes=["ask"])
    page.text_input(key=f"{KEY}.ask@name").set_value("question").run()
    assert [edge.name for edge in draft(opened).edges] == ["question -> answer"]
    assert page.text_input(key=f"{KEY}.ask@name").value == "question"


def test_a_name_that_is_taken_is_refused_with_its_reason(show: Show, opened: Workspace) -> None:
    page = selected(show, nodes=["ask"])
    page.text_input(key=f"{KEY}.ask@name").set_value("answer").run()
    assert "There is a node named 'answer' already." in words(page)


def test_a_deleted_node_takes_its_arrows_along(show: Show, opened: Workspace) -> None:
    selected(show, nodes=["ask"]).button(key=f"{KEY}.ask.delete").click().run()
    assert (list(draft(opened).nodes), draft(opened).edges) == (["answer"], ())


def test_a_selected_note_shows_its_text_and_colour(show: Show, opened: Workspace) -> None:
    path = opened.home / "graphs" / "talk.yaml"
    path.write_text(f"{path.read_text()}sticky_notes: {{note: {{text: Hi, color: blue}}}}\n")
    page = selected(show, nodes=["@note"])
    assert "Click a node" not in words(page)
    text = next(area for area in page.text_area if area.label == "Text")
    assert text.value == "Hi"
    text.set_value("Hi there").run()
    next(box for box in page.selectbox if box.label == "Colour").set_value("yellow").run()
    note = draft(opened).sticky_notes["note"]
    assert (note.text, note.color) == ("Hi there", "yellow")


def test_an_arrow_gets_its_condition(show: Show, opened: Workspace) -> None:
    page = selected(show, edges=["ask -> answer"])
    page.text_input(key=f"{KEY}.ask -> answer.when").set_value("topic == 'tea'").run()
    assert draft(opened).edges[0].when == "topic == 'tea'"


def test_rows_of_the_seeds_are_edited_as_json(show: Show, opened: Workspace) -> None:
    page = selected(show, seeds=True)
    page.text_area(key=f"{KEY}.seeds.inline.rows").set_value('[{"topic": "rain"}]').run()
    assert draft(opened).seeds["rows"] == [{"topic": "rain"}]


def test_steps_of_the_seeds_are_edited_as_json_and_stay_with_another_source(
    show: Show, opened: Workspace
) -> None:
    page = more(selected(show, seeds=True), f"{KEY}.seeds.inline")
    page.text_area(key=f"{KEY}.seeds.inline.transform").set_value('[{"skip": 1}]').run()
    page.selectbox(key=f"{KEY}.seeds.kind.inline").set_value("parquet").run()
    assert draft(opened).seeds == {"kind": "parquet", "transform": [{"skip": 1}]}


def test_every_source_of_seeds_has_a_form(show: Show, opened: Workspace) -> None:
    page = selected(show, seeds=True)
    for part in SEED_SOURCES:
        present = draft(opened).seeds["kind"]
        page.selectbox(key=f"{KEY}.seeds.kind.{present}").set_value(part.name).run()
        assert not page.exception
        assert draft(opened).seeds["kind"] == part.name


def test_another_source_of_seeds_shows_its_own_form(show: Show, opened: Workspace) -> None:
    page = selected(show, seeds=True)
    page.selectbox(key=f"{KEY}.seeds.kind.inline").set_value("csv").run()
    assert page.text_input(key=f"{KEY}.seeds.csv.path").value == "seeds.csv"


def test_an_alias_is_added_and_sent_to_another_model(show: Show, opened: Workspace) -> None:
    page = side(show, "Graph")
    page.text_input(key=f"{KEY}.alias").set_value("critic").run()
    page.selectbox(key=f"{KEY}.models.critic.model").set_value("far").run()
    assert draft(opened).models["critic"] == {"model": "far"}


def test_the_words_of_a_graph_are_edited(show: Show, opened: Workspace) -> None:
    page = side(show, "Graph")
    page.text_input(key=f"{KEY}.heading.title").set_value("Tea").run()
    write(page, f"{KEY}.heading.system", "Be kind.")
    assert (draft(opened).title, draft(opened).system) == ("Tea", "Be kind.")


def test_looking_at_every_form_changes_nothing(show: Show, opened: Workspace) -> None:
    page = selected(show, nodes=["ask"])
    for name in ("Graph", "Versions", "YAML", "Selection"):
        page.button_group(key="design.side").set_value(name).run()
    assert not page.exception
    assert not graphs.open_graph(opened, TALK).is_draft


def test_discarding_goes_back_to_the_file(show: Show, opened: Workspace) -> None:
    page = selected(show, nodes=["ask"])
    write(page, f"{KEY}.ask.prompt", "Other.")
    page.button(key="design.discard").click().run()
    assert shown(page, f"{KEY}.ask.prompt")["text"] == "Ask about {topic}."


def test_a_text_that_is_no_graph_is_refused(show: Show, opened: Workspace) -> None:
    page = side(show, "YAML")
    page.text_area[0].set_value("nodes: [unclosed")
    next(button for button in page.button if button.label == "Apply").click().run()
    assert "This is no graph" in words(page)


def test_a_graph_written_by_hand_is_drawn(show: Show, opened: Workspace) -> None:
    page = side(show, "YAML")
    page.text_area[0].set_value(str(page.text_area[0].value).replace("ask", "begin"))
    next(button for button in page.button if button.label == "Apply").click().run()
    assert set(draft(opened).nodes) == {"begin", "answer"}


def test_the_text_follows_what_is_drawn_on_the_canvas(show: Show, opened: Workspace) -> None:
    page = side(show, "YAML")
    fields = {"role": "user", "model": "writer", "prompt": "Go on."}
    edit = {"kind": "turn", "fields": fields, "position": (40, 80)}
    say(page, canvas_of(page), item("edit", revision=1, nodes={"more": edit}))
    written = read_graph(str(page.text_area[0].value))
    assert (written.nodes["more"].fields, written.layout["more"]) == (fields, (40, 80))


def test_a_text_keeps_its_comments_through_an_edit_on_the_canvas(
    show: Show, opened: Workspace
) -> None:
    page = side(show, "YAML")
    page.text_area[0].set_value(f"# Mine\n{page.text_area[0].value}")
    next(button for button in page.button if button.label == "Apply").click().run()
    say(page, canvas_of(page), item("edit", revision=1, nodes={"more": {"kind": "router"}}))
    text = str(page.text_area[0].value)
    assert (text.splitlines()[0], "more" in read_graph(text).nodes) == ("# Mine", True)


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"disabled": True}, "Nothing is left of a record"), ({"role": "judge"}, "role")],
)
def test_an_edit_that_spoils_the_graph_and_a_run_at_once_start_nothing(
    show: Show, opened: Workspace, fields: dict[str, Any], said: str
) -> None:
    page = show("design", graph=TALK)
    spoilt = {"kind": "turn", "fields": {"role": "user", "model": "writer", **fields}}
    edit = item("edit", revision=1, nodes={"ask": spoilt, "answer": spoilt})
    say(page, canvas_of(page), edit, item("command", command="run", records=2))
    assert (recent_runs(opened, 1), "run" in page.query_params) == ([], False)
    assert [toast.value for toast in page.toast] == ["Mend what is listed on the right, then run."]
    assert any(said in str(problem) for problem in desk_of(page).problems)


def canvas_of(page: AppTest) -> str:
    """The id under which the canvas speaks."""
    ids = [str(element.proto.id) for element in page.get("bidi_component")]
    return next(one for one in ids if one.endswith(f"canvas.{TALK}"))


def desk_of(page: AppTest) -> Desk:
    """What the page knows of the graph."""
    desk: Desk = page.session_state[f"design.desk.{TALK}"]
    return desk


def selected(show: Show, **selection: object) -> AppTest:
    """The Design page after something was selected on the canvas."""
    page = show("design", graph=TALK)
    desk: Desk = page.session_state[f"design.desk.{TALK}"]
    desk.selection = dict(selection)
    page.run()
    assert not page.exception
    return page


def more(page: AppTest, form: str, *, is_open: bool = True) -> AppTest:
    """The page after *More* of a form was opened, or shut."""
    page.session_state[f"{form}.more"] = is_open
    return page.run()


def side(show: Show, name: str) -> AppTest:
    """The Design page with another side beside the canvas."""
    page = show("design", graph=TALK)
    page.button_group(key="design.side").set_value(name).run()
    assert not page.exception
    return page


def draft(workspace: Workspace) -> GraphSpec:
    """The graph as the store has it now."""
    return graphs.open_graph(workspace, TALK).spec
