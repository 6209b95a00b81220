import pytest

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.value import ConversationId, MessageId, Role
from grasp_ui.tagging.heuristic import HEURISTICS, HeuristicConfig
from tests.builders import chain, message, said
from tests.tagging.firing import findings, fired_on

ROLES: dict[str, Role] = {"s": "system", "u": "user", "a": "assistant", "t": "tool"}
LINES = (
    "My order 8812 has not arrived.",
    "I am sorry to hear that. May I have the postcode?",
    "It is SW1A 1AA, and I paid for express.",
    "Thank you. The parcel is at the depot and comes tomorrow.",
    "Could it be left with my neighbour?",
    "Of course, I have added a note for the driver.",
    "Great, and can I get the express fee back?",
    "Yes, the refund takes two working days.",
)
RULES = (
    "role_alternation", "first_not_user", "last_not_assistant", "empty_turn",
    "system_not_first", "orphan", "duplicate_id",
)  # fmt: skip


def dialogue(roles: str) -> Conversation:
    """A dialogue whose roles are the letters of `roles`: s, u, a, t."""
    return chain(*(message(text, ROLES[r]) for r, text in zip(roles, LINES, strict=False)))


def tree(*links: tuple[str, str | None]) -> Conversation:
    """A conversation of (id, parent's id) pairs, user and assistant in turn."""
    messages = tuple(
        Message(
            id=MessageId(own), conversation_id=ConversationId("c"), content=LINES[n % 8],
            parent_id=MessageId(above) if above else None, role=ROLES["ua"[n % 2]],
        )
        for n, (own, above) in enumerate(links)
    )  # fmt: skip
    return Conversation(id=ConversationId("c"), messages=messages)


CLEAN_ROLES = (
    "ua",
    "uaua",
    "uauaua",
    "uauauaua",
    "sua",
    "suaua",
    "suauaua",
    "uata",
    "suata",
    "uauata",
)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("roles", CLEAN_ROLES)
def test_a_well_built_dialogue_passes_every_rule(rule: str, roles: str) -> None:
    assert fired_on(rule, dialogue(roles)) == []


@pytest.mark.parametrize(
    ("roles", "second"),
    [
        ("uua", "m1"), ("uaa", "m2"), ("uauua", "m3"), ("uauaa", "m4"), ("suua", "m2"),
        ("suaa", "m3"), ("uauauaa", "m6"), ("uaauaua", "m2"), ("aaua", "m1"), ("uuaua", "m1"),
        ("suauaa", "m5"),
    ],
)  # fmt: skip
def test_two_turns_of_one_speaker_in_a_row_are_found(roles: str, second: str) -> None:
    assert second in fired_on("role_alternation", dialogue(roles))


def test_several_speakers_of_one_role_may_follow_each_other() -> None:
    asks = [message(text, "user").model_copy(update={"name": who}) for text, who in
            zip(LINES, ("Ann", "Ben", "Cid"), strict=False)]  # fmt: skip
    assert fired_on("role_alternation", chain(*asks, message("Sure.", "assistant"))) == []


def test_the_third_turn_in_a_row_is_counted_as_third() -> None:
    found = findings("role_alternation", dialogue("uuua"))
    assert [finding.evidence["number"] for finding in found] == [2, 3]


@pytest.mark.parametrize(
    "roles", ["a", "au", "aua", "auaua", "sa", "saua", "saa", "ta", "tua", "stua", "auauau"]
)
def test_a_dialogue_that_the_user_does_not_begin_is_found(roles: str) -> None:
    first = "m1" if roles.startswith("s") else "m0"
    assert fired_on("first_not_user", dialogue(roles)) == [first]


@pytest.mark.parametrize(
    "roles", ["u", "uau", "uauau", "su", "suau", "s", "uat", "suat", "us", "uauas", "uauauau"]
)
def test_a_dialogue_that_the_assistant_does_not_end_is_found(roles: str) -> None:
    assert fired_on("last_not_assistant", dialogue(roles)) == [f"m{len(roles) - 1}"]


@pytest.mark.parametrize("rule", RULES)
def test_all_but_an_unanswered_end_is_rejected(rule: str) -> None:
    # Exports cut that end off; to reject it would lose the good answers before it.
    config = HEURISTICS[rule].config()
    assert isinstance(config, HeuristicConfig)
    assert config.default_action == ("warn" if rule == "last_not_assistant" else "reject")


@pytest.mark.parametrize(
    "roles", ["us", "usa", "uas", "uasua", "ssua", "susa", "suas", "uaus", "ausa", "uauasa", "asua"]
)
def test_a_system_message_behind_another_message_is_found(roles: str) -> None:
    late = [f"m{place}" for place, role in enumerate(roles) if role == "s" and place]
    assert fired_on("system_not_first", dialogue(roles)) == late


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "\t \n",
        "\u200b",
        "\u00a0",
        "\u200b \u200b",
        "\ufeff",
        "\u3000",
        "\u2060\n",
        "\u00ad",
    ],
)
def test_a_turn_without_anything_to_see_is_found(text: str) -> None:
    assert fired_on("empty_turn", said("Is my parcel there?", text)) == ["m1"]


@pytest.mark.parametrize(
    "text", [".", "0", "-", "…", "👍", "\u200bok", " a ", "`", "¿", "是", "None", "[]"]
)
def test_a_turn_with_one_visible_character_is_not_empty(text: str) -> None:
    assert fired_on("empty_turn", said("Is my parcel there?", text)) == []


@pytest.mark.parametrize(
    ("links", "orphans"),
    [
        ([("a", "gone")], ["a"]),
        ([("a", "gone"), ("b", "a")], ["a"]),
        ([("a", None), ("b", "gone")], ["b"]),
        ([("a", None), ("b", "a"), ("c", "gone")], ["c"]),
        ([("a", None), ("b", "A")], ["b"]),
        ([("a", "x"), ("b", "y")], ["a", "b"]),
        ([("a", "a")], ["a"]),
        ([("a", "b"), ("b", "a")], ["a", "b"]),
        ([("a", "b"), ("b", "a"), ("c", "a")], ["a", "b"]),
        ([("a", "c"), ("b", "a"), ("c", "b")], ["a", "b", "c"]),
        ([("a", None), ("b", "a"), ("c", "c")], ["c"]),
    ],
)
def test_a_message_without_its_parent_is_found(
    links: list[tuple[str, str | None]], orphans: list[str]
) -> None:
    assert fired_on("orphan", tree(*links)) == orphans


TREES = [
    [("a", None)],
    [("a", None), ("b", "a")],
    [("b", "a"), ("a", None)],
    [("a", None), ("b", "a"), ("c", "b")],
    [("a", None), ("b", "a"), ("c", "a")],
    [("a", None), ("b", "a"), ("c", "a"), ("d", "a")],
    [("a", None), ("b", None)],
    [("0", None), ("00", "0")],
    [("a", ""), ("b", "a")],
    [("a", None), ("b", "a"), ("c", "b"), ("d", "b"), ("e", "d")],
    [("a", None), ("A", "a")],
]


@pytest.mark.parametrize("rule", ["orphan", "duplicate_id"])
@pytest.mark.parametrize("links", TREES)
def test_a_whole_tree_has_neither_orphans_nor_twins(
    rule: str, links: list[tuple[str, str | None]]
) -> None:
    assert fired_on(rule, tree(*links)) == []


@pytest.mark.parametrize(
    ("links", "twins"),
    [
        ([("a", None), ("a", None)], ["a"]),
        ([("a", None), ("b", "a"), ("b", "a")], ["b"]),
        ([("a", None), ("b", "a"), ("a", "b")], ["a"]),
        ([("a", None), ("b", "a"), ("c", "b"), ("c", "b")], ["c"]),
        ([("a", None), ("b", "a"), ("c", "b"), ("b", "c")], ["b"]),
        ([("a", None), ("a", None), ("a", None)], ["a"]),
        ([("a", None), ("a", None), ("b", "a"), ("b", "a")], ["a", "b"]),
        ([("0", None), ("0", None)], ["0"]),
        ([("a", None), ("b", "a"), ("c", "a"), ("b", "c")], ["b"]),
        ([("a", "gone"), ("a", "gone")], ["a"]),
    ],
)
def test_two_messages_with_one_id_are_found(
    links: list[tuple[str, str | None]], twins: list[str]
) -> None:
    assert fired_on("duplicate_id", tree(*links)) == twins


def test_a_fault_that_several_threads_share_is_found_once() -> None:
    late = message("Be brief.", "system", number=1, parent=0)
    ends = [message("Sure.", "assistant", number=n, parent=1) for n in (2, 3)]
    whole = chain(message("Hello!", "user")).model_copy(
        update={"messages": (message("Hello!", "user"), late, *ends)}
    )
    assert fired_on("system_not_first", whole) == ["m1"]
