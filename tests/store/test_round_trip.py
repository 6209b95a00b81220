"""What goes in comes out."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from grasp_ui.llm.port import Reply
from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.event import CallReplayed, RecordResult
from grasp_ui.model.preference import Preference
from grasp_ui.model.review import ReviewEvent
from grasp_ui.model.run import Ceilings, Pin, Recall
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import RunId
from grasp_ui.store import runs
from grasp_ui.store.answers import answers_of, taken_from_cache
from grasp_ui.store.conversations import add_conversations, read_conversation
from grasp_ui.store.database import Database, open_database
from grasp_ui.store.ends import attempts_of
from grasp_ui.store.reviews import add_review
from tests.store import samples

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS
)
JSON = st.dictionaries(
    TEXTS,
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
        max_leaves=4,
    ),
    max_size=3,
)
SCORES = st.none() | st.floats(0, 1)
MAYBE = st.none() | TEXTS
TIMES = st.datetimes(samples.NOON, samples.NOON + timedelta(days=9_999))
TARGETS = st.builds(Target, conversation_id=st.just("c"), kind=st.just("conversation"), id=TEXTS)


@st.composite
def trees(draw: st.DrawFn) -> Conversation:
    """A conversation `c` whose messages m0, m1, … stand under any earlier one."""
    size = draw(st.integers(0, 5))
    messages = tuple(
        draw(
            st.builds(
                Message,
                id=st.just(f"m{n}"),
                conversation_id=st.just("c"),
                parent_id=st.sampled_from([f"m{k}" for k in range(n)]) if n else st.none(),
                content=TEXTS,
                name=MAYBE,
                node=MAYBE,
                model=MAYBE,
                finish_reason=MAYBE,
                reasoning=MAYBE,
            )
        )
        for n in range(size)
    )
    return draw(
        st.builds(
            Conversation,
            id=st.just("c"),
            run_id=MAYBE,
            record_id=MAYBE,
            record_index=st.integers(0, 2**40),
            graph_version=MAYBE,
            seed=JSON,
            variables=JSON,
            messages=st.just(messages),
        )
    )


TAGS = st.builds(
    Tag,
    target=TARGETS,
    name=TEXTS,
    element=MAYBE,
    value=SCALARS,
    score=SCORES,
    author=TEXTS,
    version=TEXTS,
    evidence=JSON,
    run_id=MAYBE,
    seq=st.just(0),
)
PREFERENCES = st.builds(
    Preference,
    id=TEXTS,
    conversation_id=st.just("c"),
    prompt_id=MAYBE,
    better_id=TEXTS,
    worse_id=TEXTS,
    margin=st.floats(0, 9),
    author=TEXTS,
    version=TEXTS,
    run_id=MAYBE,
    seq=st.just(0),
)
REVIEWS = st.builds(
    ReviewEvent,
    id=TEXTS,
    kind=st.sampled_from(["keep", "reject", "note", "flag", "bulk"]),
    target=TARGETS,
    payload=JSON,
    person=TEXTS,
    reason=TEXTS,
    at=TIMES,
    seq=st.just(0),
)


@settings(max_examples=25, deadline=None)
@given(trees(), st.lists(TAGS, max_size=3), st.lists(PREFERENCES, max_size=2))
def test_a_record_comes_out_as_it_went_in(
    tree: Conversation, tags: list[Tag], preferences: list[Preference]
) -> None:
    with_numbers = open_database(None)
    add_conversations(with_numbers, [RecordResult(tree, tuple(preferences), tuple(tags))])
    with_numbers.settle()
    found = read_conversation(with_numbers, tree.id)
    with_numbers.close()
    assert found.conversation == tree
    assert [t.model_copy(update={"seq": 0}) for t in found.tags] == tags
    assert [p.model_copy(update={"seq": 0}) for p in found.preferences] == preferences


@settings(max_examples=20, deadline=None)
@given(st.lists(REVIEWS, max_size=3))
def test_what_people_did_comes_out_as_it_went_in(events: list[ReviewEvent]) -> None:
    database = open_database(None)
    add_conversations(database, [samples.result("c")])
    database.settle()
    kept = [add_review(database, event) for event in events]
    found = read_conversation(database, samples.conversation("c").id).reviews
    database.close()
    assert list(found) == kept


@settings(max_examples=20, deadline=None)
@given(TEXTS, MAYBE, st.lists(st.tuples(TEXTS, st.floats(-99, 0)), max_size=3), MAYBE)
def test_an_answered_call_is_known_again_as_it_was(
    reply: str, reasoning: str | None, top: list[tuple[str, float]], finish: str | None
) -> None:
    extra = {"reasoning": reasoning, "top": [list(pair) for pair in top]}
    event = samples.call()._replace(reply=reply, extra=extra, finish_reason=finish)
    database = open_database(None)
    runs.keep_event(database, samples.RUN, event)
    database.settle()
    [found] = answers_of(database, [samples.RUN], [0])
    database.close()
    said = Reply(reply, finish_reason=finish, reasoning=reasoning, top=tuple(top))
    assert (found.key, found.record_id, found.reply) == (event.key, event.record_id, said)


def test_half_a_character_is_kept_as_a_replacement(memory: Database) -> None:
    add_conversations(memory, [samples.result("c", "half \ud83d", "whole")])
    memory.settle()
    found = read_conversation(memory, samples.conversation("c").id)
    assert found.conversation.messages[0].content == "half \ufffd"


def test_a_run_comes_out_as_it_went_in(memory: Database) -> None:
    run = samples.run().model_copy(update={"models": {"a": "local"}, "cost_usd": 0.25})
    runs.begin_run(memory, run)
    assert runs.find_run(memory, RunId(run.id)) == run


@settings(max_examples=20, deadline=None)
@given(
    st.builds(Ceilings, usd=st.none() | st.floats(0.01, 1e6), calls=st.none() | st.integers(1, 9)),
    st.builds(Pin, node=TEXTS, reply=TEXTS, extra=st.none() | JSON, record_index=st.none()),
    st.none() | st.lists(st.integers(0, 99), max_size=3).map(tuple),
    st.floats(0, 1e6),
)
def test_the_settings_of_a_run_come_out_as_they_went_in(
    ceilings: Ceilings, pin: Pin, only: tuple[int, ...] | None, seconds: float
) -> None:
    recall = Recall(continues=RunId("other"), anew=("a",), pins=(pin,), cache=True)
    changed = {"ceilings": ceilings, "recall": recall, "only": only, "folder": "x"}
    run = samples.run()
    kept = run.model_copy(
        update={"settings": run.settings.model_copy(update=changed), "seconds": seconds}
    )
    database = open_database(None)
    runs.begin_run(database, kept)
    found = runs.find_run(database, run.id)
    database.close()
    assert found == kept


def test_a_replayed_call_is_known_like_an_answered_one(memory: Database) -> None:
    call = samples.call()
    event = CallReplayed(
        call.record_id, 0, "ask", 0, 0, "key", "m", b"{}", "said", None, "stop", "cache", 7, 0.0
    )
    runs.keep_event(memory, samples.RUN, event)
    memory.settle()
    [found] = answers_of(memory, [samples.RUN], [0])
    assert (found.key, found.reply) == ("key", Reply("said", finish_reason="stop"))
    assert taken_from_cache(memory, samples.RUN) == [7]
    assert attempts_of(memory, samples.RUN) == 0
