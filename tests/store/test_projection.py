"""`tag_current` and `thread_current` say what the fold says, whatever came in which order."""

from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from grasp_ui.model.effective import EffectiveTag
from grasp_ui.model.review import ReviewEvent
from grasp_ui.model.selection import Selection
from grasp_ui.model.tag import Tag
from grasp_ui.store.conversations import add_conversations, find
from grasp_ui.store.database import Database, open_database
from grasp_ui.store.jsontext import to_json
from grasp_ui.store.reviews import add_review
from grasp_ui.store.tags import add_tags, rebuild_current
from tests.store import samples

NAMES = st.sampled_from(["a", "b"])
TAGS = st.builds(
    samples.tag,
    NAMES,
    st.sampled_from(["short", "good"]),
    action=st.sampled_from(["reject", "warn", "info", "pass"]),
    score=st.none() | st.floats(0, 1),
    source=st.sampled_from(["rule", "judge", "learned"]),
    value=st.booleans() | st.floats(0, 5),
)
DEEDS = st.builds(
    samples.deed,
    st.sampled_from(["1", "2", "3"]),
    st.sampled_from(["keep", "reject", "note", "override", "undo"]),
    st.fixed_dictionaries(
        {
            "name": st.just("short"),
            "action": st.sampled_from(["pass", "reject"]),
            "undoes": st.sampled_from(["1", "2", "3"]),
        }
    ),
    about=NAMES,
)


def current(database: Database) -> tuple[list[Any], list[Any]]:
    """What both tables hold."""
    with database.cursor() as cursor:
        tags = cursor.execute("from tag_current order by all").fetchall()
        threads = cursor.execute("from thread_current order by all").fetchall()
    return tags, threads


def expected(database: Database) -> tuple[list[Any], list[Any]]:
    """What both tables should hold, but for `reviewed`: folded by the model itself."""
    found = find(database, Selection())
    threads = [
        (one.conversation.id, leaf, verdict.state, to_json(verdict.reasons), verdict.score)
        for one in found
        for leaf, verdict in one.verdicts.items()
    ]
    return [_shown(tag) for one in found for tag in one.effective], threads


def _shown(tag: EffectiveTag) -> tuple[object, ...]:
    return (tag.target.id, tag.name, tag.action, tag.source, tag.score, tag.disputed)


def play(database: Database, story: list[Tag | ReviewEvent | None]) -> None:
    """Add what the story says; None is a moment in which everything is loaded."""
    for one in story:
        if isinstance(one, Tag):
            add_tags(database, [one])
        elif one is None:
            database.settle()
        else:
            add_review(database, one)
    database.settle()


@settings(max_examples=20, deadline=None)
@given(st.lists(TAGS, max_size=3), st.lists(st.none() | TAGS | DEEDS, max_size=8))
def test_the_tables_say_what_the_fold_says(
    first: list[Tag], story: list[Tag | ReviewEvent | None]
) -> None:
    database = open_database(None)
    tags = {name: [t for t in first if t.target.id == name] for name in ("a", "b")}
    add_conversations(database, [samples.result(name, tags=tags[name]) for name in tags])
    play(database, story)
    found_tags, found_threads = current(database)
    tags_now, threads_now = expected(database)
    database.close()
    shown = [(row[2], row[3], row[7], row[8], row[6], row[12]) for row in found_tags]
    assert sorted(shown, key=str) == sorted(tags_now, key=str)
    assert sorted(row[:5] for row in found_threads) == sorted(threads_now)


@settings(max_examples=10, deadline=None)
@given(st.lists(TAGS | DEEDS, max_size=6))
def test_rebuilding_changes_nothing(story: list[Tag | ReviewEvent | None]) -> None:
    database = open_database(None)
    add_conversations(database, [samples.result("a"), samples.result("b")])
    play(database, story)
    before = current(database)
    rebuild_current(database)
    after = current(database)
    database.close()
    assert before == after


@settings(max_examples=10, deadline=None)
@given(st.lists(TAGS | DEEDS, min_size=1, max_size=5))
def test_an_earlier_time_is_what_was_found_then(story: list[Tag | ReviewEvent | None]) -> None:
    database = open_database(None)
    add_conversations(database, [samples.result("a"), samples.result("b")])
    seen = []
    for one in story:
        play(database, [one])
        dropped = find(database, Selection(verdict="drop"))
        seen.append((database.loaded_seq, dropped))
    then = [find(database, Selection(verdict="drop", as_of=seq)) for seq, _ in seen]
    database.close()
    assert then == [dropped for _, dropped in seen]
    assert all(earlier < later for (earlier, _), (later, _) in pairwise(seen))
