"""Prompt editors are told what their text can name, and no letter is lost or heard twice."""

from streamlit.testing.v1 import AppTest

from grasp_ui.services.runs import recent_runs
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.desk import Desk
from grasp_ui.ui.prompts.component import PROMPT
from tests.ui.conftest import Show
from tests.ui.prompt_fields import shown, turn, write
from tests.ui.test_design import KEY, TALK, draft, selected, side

PROMPT_KEY = f"{KEY}.ask.prompt"
JINJA = '"{{ topic | upper }} and {% if record == 0 %}{{ topic }} and {% endif %}", jinja: true'


def test_an_editor_knows_the_variables_and_a_real_record(show: Show, opened: Workspace) -> None:
    field = shown(selected(show, nodes=["ask"]), PROMPT_KEY)
    assert (field["known"], field["open"]) == (["topic", "record", "visit"], False)
    assert field["sample"]["values"] == {"topic": "tea", "record": 0, "visit": 1}


def test_an_editor_shows_the_newest_record_of_the_watched_run(show: Show, full: Workspace) -> None:
    page = show("design", graph=TALK, run=recent_runs(full, 1)[0].id)
    page = select(page, "ask")
    assert "of the run" in shown(page, PROMPT_KEY)["sample"]["source"]


def test_a_jinja_prompt_is_filled_by_the_server(show: Show, opened: Workspace) -> None:
    path = opened.home / "graphs" / "talk.yaml"
    page = selected(show, nodes=["ask"])
    assert shown(page, PROMPT_KEY)["filled"] is None
    path.write_text(path.read_text().replace('"Ask about {topic}."', JINJA))
    page = selected(show, nodes=["ask"])
    assert shown(page, PROMPT_KEY)["filled"] == "TEA and tea and "
    page = write(page, PROMPT_KEY, "{{ topic }} {{ gone }}", number=1)
    assert "'gone' is undefined" in shown(page, PROMPT_KEY)["filled"]


def test_a_chosen_record_stays_for_the_next_node(show: Show, full: Workspace) -> None:
    page = select(show("design", graph=TALK, run=recent_runs(full, 1)[0].id), "ask")
    sample = shown(turn(page, PROMPT_KEY, 1), PROMPT_KEY)["sample"]
    assert (sample["values"]["topic"], sample["values"]["record"]) == ("bread", 1)
    sample = shown(select(page, "answer"), f"{KEY}.answer.prompt")["sample"]
    assert (sample["record"], sample["source"].split(",")[0]) == (1, "Record 1 of the run")


def test_steps_go_to_the_records_beside_it_and_no_further(show: Show, full: Workspace) -> None:
    page = select(show("design", graph=TALK, run=recent_runs(full, 1)[0].id), "ask")
    first = shown(turn(page, PROMPT_KEY, 1, -1, number=1), PROMPT_KEY)["sample"]
    assert (first["record"], first["is_first"], first["is_last"]) == (0, True, False)
    last = shown(turn(page, PROMPT_KEY, 0, 9, number=2), PROMPT_KEY)["sample"]
    assert (last["record"], last["is_first"], last["is_last"]) == (3, False, True)


def test_a_turn_that_comes_twice_is_taken_once(show: Show, full: Workspace) -> None:
    page = select(show("design", graph=TALK, run=recent_runs(full, 1)[0].id), "ask")
    turn(page, PROMPT_KEY, 0, number=1)
    turn(page, PROMPT_KEY, 0, 2, number=2)
    field = shown(turn(page, PROMPT_KEY, 0, number=1), PROMPT_KEY)
    assert (field["sample"]["record"], field["turned"]["heard"]) == (2, 2)


def test_without_a_run_rows_of_the_seeds_are_chosen(show: Show, opened: Workspace) -> None:
    path = opened.home / "graphs" / "talk.yaml"
    path.write_text(path.read_text().replace("[{topic: tea}]", "[{topic: tea}, {topic: milk}]"))
    sample = shown(turn(selected(show, nodes=["ask"]), PROMPT_KEY, 0, 1), PROMPT_KEY)["sample"]
    assert (sample["values"]["topic"], sample["is_last"]) == ("milk", True)


def test_an_editor_knows_what_stands_below_a_column(show: Show, opened: Workspace) -> None:
    path = opened.home / "graphs" / "talk.yaml"
    path.write_text(
        path.read_text().replace("topic: tea", "topic: {name: tea, prices: [{eur: 4}]}")
    )
    field = shown(selected(show, nodes=["ask"]), PROMPT_KEY)
    assert field["parts"]["topic"] == {"name": {}, "prices": {"0": {"eur": {}}}}


def test_an_editor_knows_what_a_schema_promises(show: Show, opened: Workspace) -> None:
    path = opened.home / "graphs" / "talk.yaml"
    schema = "{type: object, properties: {mood: {type: string}}, additionalProperties: false}"
    node = f"  plan: {{kind: generate, model: writer, writes: plan, json_schema: {schema}}}"
    text = path.read_text().replace("nodes:", f"nodes:\n{node}")
    path.write_text(text.replace("- ask -> answer", "- plan -> ask -> answer"))
    field = shown(selected(show, nodes=["ask"]), PROMPT_KEY)
    assert ("plan" in field["known"], field["parts"]["plan"]) == (True, {"mood": {}})


def test_a_letter_that_comes_twice_is_taken_once(show: Show, opened: Workspace) -> None:
    page = write(selected(show, nodes=["ask"]), PROMPT_KEY, "First.")
    write(page, PROMPT_KEY, "Second.", number=2)
    write(page, PROMPT_KEY, "First.", number=1)
    assert draft(opened).nodes["ask"].fields["prompt"] == "Second."


def test_an_editor_is_told_what_was_heard(show: Show, opened: Workspace) -> None:
    page = write(selected(show, nodes=["ask"]), PROMPT_KEY, "Ask.", number=3)
    assert shown(page, PROMPT_KEY)["receipt"] == {"client": "tab", "heard": 3}


def test_a_text_that_is_put_back_at_once_is_kept(show: Show, opened: Workspace) -> None:
    page = selected(show, nodes=["ask"])
    for number, text in enumerate(["Other.", "Ask about {topic}."], start=1):
        write(page, PROMPT_KEY, text, number=number)
    assert draft(opened).nodes["ask"].fields["prompt"] == "Ask about {topic}."


def test_seeds_that_cannot_be_read_leave_every_name_open(show: Show, opened: Workspace) -> None:
    page = selected(show, nodes=["ask"])
    desk: Desk = page.session_state[f"design.desk.{TALK}"]
    desk.change(desk.spec.model_copy(update={"seeds": {"kind": "csv", "path": "gone.csv"}}))
    assert shown(page.run(), PROMPT_KEY)["open"]


def test_the_system_message_can_name_columns_of_the_seeds(show: Show, opened: Workspace) -> None:
    field = shown(side(show, "Graph"), f"{KEY}.heading.system")
    assert field["known"] == ["topic", "record"]


def test_a_model_is_chosen_by_where_it_is_and_what_it_costs(show: Show, opened: Workspace) -> None:
    page = selected(show, nodes=["ask"])
    assert page.selectbox(key=f"{KEY}.ask.model").options == [
        "writer · local · built in · costs nothing"
    ]


def test_the_bundle_of_the_editor_has_a_hash_in_its_name() -> None:
    assert PROMPT.bundle.startswith("prompt-")


def select(page: AppTest, node: str) -> AppTest:
    desk: Desk = page.session_state[f"design.desk.{TALK}"]
    desk.selection = {"nodes": [node]}
    return page.run()
