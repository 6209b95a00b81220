from tests.builders import said, tagged
from tests.interchange.samples import judge_tag, made, panel, prefers, review, rule_tag


def test_a_row_has_everything_that_is_known() -> None:
    told = panel(
        prefers("m1", "m2"), tags=[judge_tag("m1", 0.9, 0.9)], reviews=[review("reject", "m2")]
    )
    [row] = made("jsonl", told).rows
    assert [message["id"] for message in row["messages"]] == ["m0", "m1", "m2", "m3"]
    assert (row["tags"][0]["target_id"], row["tags"][0]["value"]) == ("m1", 0.9)
    assert row["preferences"][0]["better_id"] == "m1"
    assert row["reviews"][0]["kind"] == "reject"
    assert [one["state"] for one in row["verdicts"]] == ["keep", "drop", "keep"]


def test_what_is_rejected_is_written_with_its_verdict() -> None:
    [row] = made("jsonl", tagged(said("Hi", "Ho"), tags=[rule_tag("m1", "orphan")])).rows
    assert row["verdicts"][0]["reasons"] == ("orphan",)


def test_only_what_is_kept_can_be_asked_for() -> None:
    told = tagged(said("Hi", "Ho"), tags=[rule_tag("m1", "orphan")])
    assert made("jsonl", told, only_kept=True).left_out == ("no kept thread",)


def test_variables_alone_are_a_flat_row() -> None:
    told = said("Hi", "Ho").model_copy(update={"variables": {"question": "Why?", "score": 3}})
    settings = {"shape": "variables"}
    assert made("jsonl", tagged(told), **settings).rows == ({"question": "Why?", "score": 3},)


def test_a_conversation_without_variables_is_no_flat_row() -> None:
    assert made("jsonl", tagged(said("Hi", "Ho")), shape="variables").left_out == ("no variables",)


def test_overruled_tags_come_along_where_they_are_asked_for() -> None:
    tags = [rule_tag("m1", "truncated", "warn"), rule_tag("m1", "truncated", "pass")]
    [row] = made("jsonl", tagged(said("Hi", "Ho"), tags=tags), with_history=True).rows
    assert (len(row["tags"]), [tag["action"] for tag in row["history"]]) == (1, ["warn", "pass"])
