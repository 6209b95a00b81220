"""What is said to stand below a variable comes from its node and from a real record."""

from grasp_ui.engine.kinds.generate import GenerateConfig
from grasp_ui.engine.kinds.judge import JudgeConfig
from grasp_ui.ui.prompts.parts import parts_by_schema, parts_known, parts_of

SCHEMA = {"type": "object", "properties": {"score": {"type": "number"}}}


def test_a_real_record_closes_what_a_node_leaves_open() -> None:
    assert parts_known(SCHEMA, None) == {"score": {}, "*": None}
    assert parts_known(SCHEMA, {"score": 1, "why": "x"}) == {"score": {}, "why": {}}


def test_a_list_is_as_it_was_seen() -> None:
    assert parts_known(SCHEMA, [{"score": 1}]) == {"0": {"score": {}}}


def test_a_text_of_an_older_run_does_not_hide_what_a_schema_promises() -> None:
    assert parts_known(SCHEMA, "not yet JSON") == {"score": {}, "*": None}


def test_nothing_is_said_of_what_is_not_known() -> None:
    assert (parts_known(None, None), parts_of([]), parts_by_schema(True)) == (None, None, None)


def test_what_is_deep_or_long_stays_open() -> None:
    deep = parts_of({"a": {"b": {"c": {"d": {"e": 1}}}}})
    assert deep == {"a": {"b": {"c": {"d": None}}}}
    assert "*" in (parts_of({f"k{number}": 1 for number in range(61)}) or {})


def test_nodes_say_what_they_will_write() -> None:
    judge = JudgeConfig(writes="critique").schemas_written()
    assert set(judge["critique"]["properties"]) == {"score", "reason"}
    assert GenerateConfig(json_schema=SCHEMA).schemas_written() == {"score": {"type": "number"}}
    assert GenerateConfig(json_schema=SCHEMA, writes="it").schemas_written() == {"it": SCHEMA}
