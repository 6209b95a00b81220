"""Judgements side by side: what judges, people and rules said of the same things."""

from collections.abc import Iterator
from dataclasses import dataclass

from grasp_ui.model.effective import standing
from grasp_ui.model.review import ReviewEvent
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import Action, Scalar
from grasp_ui.store.database import Database
from grasp_ui.store.jsontext import from_json
from grasp_ui.store.loading import load
from grasp_ui.store.values import Cells, cells, review_of

_NEWEST = """
    newest as (
        select * from tag where source = $source qualify row_number() over (
            partition by target_kind, target_id, name, element, author order by seq desc) = 1
    )"""
_PEOPLE = "(source = 'person' or (source = 'imported' and starts_with(author, 'people')))"
_SAME = """
    newest.target_kind = other.target_kind and newest.target_id = other.target_id
    and newest.name = other.name and newest.element is not distinct from other.element"""
_LENGTHS = """
    lengths as (
        select id as target_id, length(content) as length from message
        union all
        select conversation_id, sum(length(content)) from message group by all
    )"""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one said: a value on its own scale, a score from 0 to 1, an action."""

    value: Scalar
    score: float | None
    action: Action


@dataclass(frozen=True, slots=True)
class JudgedByPeople:
    """What a judge and people said of one thing; `length` is its characters."""

    name: str
    judge: str
    conversation_id: str
    by_judge: Opinion
    by_people: Opinion
    length: int


@dataclass(frozen=True, slots=True)
class Rating:
    """What one judge, or one person, said under `name` of the thing `target_id`."""

    name: str
    target_id: str
    conversation_id: str
    rater: str
    said: Opinion


@dataclass(frozen=True, slots=True)
class Firing:
    """A rule's finding, and what people made of it; None where they said nothing."""

    rule: str
    conversation_id: str
    target_id: str
    action: Action
    people: Action | None


def judged_by_people(db: Database) -> list[JudgedByPeople]:
    """Every judge's newest word beside what people said of the same; no disputed ones."""
    with db.cursor() as cursor:
        cursor.execute(
            f"""with {_NEWEST}, {_LENGTHS}, other as (
                select * from tag_current where {_PEOPLE} and not disputed and "value" is not null
            )
            select newest.name, newest.author as judge, newest.conversation_id,
                newest."value", newest.score, newest."action",
                other."value" as people_value, other.score as people_score,
                other."action" as people_action, coalesce(length, 0)::bigint as length
            from newest left join lengths using (target_id)
            join other on {_SAME}
            where newest."value" is not null order by newest.seq""",
            {"source": "judge"},
        )
        return [
            JudgedByPeople(
                name=row["name"],
                judge=row["judge"],
                conversation_id=row["conversation_id"],
                by_judge=_opinion(row),
                by_people=_opinion(row, "people_"),
                length=row["length"],
            )
            for row in cells(cursor)
        ]


def ratings_of_judges(db: Database) -> list[Rating]:
    """What judges said of the things that two or more of them judged under one name."""
    with db.cursor() as cursor:
        cursor.execute(
            f"""with {_NEWEST} select * from newest where "value" is not null
            qualify count(*) over (partition by target_kind, target_id, name, element) > 1
            order by seq""",
            {"source": "judge"},
        )
        return [
            Rating(
                row["name"], row["target_id"], row["conversation_id"], row["author"], _opinion(row)
            )
            for row in cells(cursor)
        ]


def standing_votes(db: Database) -> list[ReviewEvent]:
    """What people decided and nobody has undone: overrides, keep, reject."""
    with db.cursor() as cursor:
        cursor.execute(
            "from review where kind in ('override', 'adjudicate', 'keep', 'reject', 'undo') "
            "order by seq"
        )
        return standing([review_of(row) for row in cells(cursor)])


def rule_firings(db: Database) -> list[Firing]:
    """What rules found in conversations that people decided something about."""
    with db.cursor() as cursor:
        cursor.execute(
            f"""with {_NEWEST}
            select newest.*, other."action" as people from newest
            left join (from tag_current where source = 'person') other on {_SAME}
            where newest."action" <> 'pass' and newest.conversation_id in (
                select conversation_id from review
                where kind in ('override', 'adjudicate', 'keep', 'reject'))
            order by newest.seq""",
            {"source": "rule"},
        )
        return [
            Firing(
                rule=row["name"],
                conversation_id=row["conversation_id"],
                target_id=row["target_id"],
                action=row["action"],
                people=row["people"],
            )
            for row in cells(cursor)
        ]


def firing_counts(db: Database) -> dict[str, int]:
    """How many things each rule finds fault with now, the most frequent first."""
    with db.cursor() as cursor:
        found = cursor.execute(
            f"""with {_NEWEST} select name, count(*) from newest where "action" <> 'pass'
            group by name order by count(*) desc, name""",
            {"source": "rule"},
        ).fetchall()
    return {name: int(count) for name, count in found}


def conversations_with_labels(db: Database, *, most: int) -> Iterator[TaggedConversation]:
    """Conversations of which people said something, at most so many.

    Which ones those are hangs on their ids alone, so the same store gives the same ones.
    """
    with db.cursor() as cursor:
        found = cursor.execute(
            f"""select conversation_id from (
                select conversation_id from tag_current where {_PEOPLE}
                union select conversation_id from review where kind in ('keep', 'reject'))
            order by md5(conversation_id) limit ?""",
            [most],
        ).fetchall()
    ids = [row[0] for row in found]
    for start in range(0, len(ids), _AT_ONCE):
        with db.cursor() as cursor:
            yield from load(cursor, ids[start : start + _AT_ONCE])


def _opinion(row: Cells, prefix: str = "") -> Opinion:
    return Opinion(from_json(row[f"{prefix}value"]), row[f"{prefix}score"], row[f"{prefix}action"])
