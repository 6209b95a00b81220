"""What judges said, kept by the question: the same text is never paid for twice."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from grasp_ui.model.preference import Preference
from grasp_ui.model.run import Used
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import ConversationId, JsonObject, RunId
from grasp_ui.store.columns import Row
from grasp_ui.store.database import Database
from grasp_ui.store.jsontext import from_json, to_json
from grasp_ui.store.rows import microseconds, preference_row, tag_row
from grasp_ui.store.tables import Entry
from grasp_ui.store.values import Cells, cells

_USED = (
    "coalesce(sum(calls), 0)::bigint, coalesce(sum(prompt_tokens), 0)::bigint, "
    "coalesce(sum(completion_tokens), 0)::bigint, coalesce(sum(cost_usd), 0)"
)


@dataclass(frozen=True, slots=True)
class JudgeCall:
    """One question to a judge, what it used, and its outcome; None: no answer.

    `key` is a hash of rubric version, method, model, sample number and the judged text;
    `asked` is naive UTC. `run_id` names the run at whose end it was asked, if it was one.
    """

    key: str
    conversation_id: ConversationId
    version: str
    model: str
    sample: int
    outcome: JsonObject | None
    asked: datetime
    run_id: RunId | None = None
    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float = 0.0
    seconds: float = 0.0


class ReplyLength(NamedTuple):
    """How long replies of one judge were: the mean, and of how many."""

    tokens: float
    seen: int


def keep_judge_call(db: Database, call: JudgeCall) -> None:
    """Acknowledge a call; to be called in a loop, which waits in `db.room` by itself."""
    db.append([("judge_call", _row(call))])


def keep_judged(db: Database, tags: Iterable[Tag], preferences: Iterable[Preference]) -> None:
    """Acknowledge what judges said of one conversation as one unit."""
    entries: list[Entry] = [("tag", tag_row(tag)) for tag in tags]
    entries += [("preference", preference_row(one)) for one in preferences]
    if entries:
        db.append(entries)


def known_outcomes(db: Database, keys: Collection[str]) -> dict[str, JsonObject]:
    """The newest outcome of each of `keys` that has one, of what can be read."""
    if not keys:
        return {}
    with db.cursor() as cursor:
        cursor.execute(
            'select "key", arg_max(outcome, seq) as outcome from judge_call '
            'where "key" in (select unnest(?::varchar[])) and outcome is not null group by "key"',
            [list(keys)],
        )
        return {row["key"]: from_json(row["outcome"]) for row in cells(cursor)}


def judge_calls_of(db: Database, conversation_id: ConversationId) -> list[JudgeCall]:
    """Every call about a conversation, oldest first."""
    with db.cursor() as cursor:
        cursor.execute("from judge_call where conversation_id = ? order by seq", [conversation_id])
        return [_call_of(row) for row in cells(cursor)]


def used_by_judges(db: Database, run_id: RunId | None = None) -> Used:
    """What judge calls have used; of those at the end of one run, where it is named."""
    with db.cursor() as cursor:
        row = cursor.execute(
            f"select {_USED} from judge_call where $run is null or run_id = $run", {"run": run_id}
        ).fetchone()
    return Used(*row) if row else Used()


def used_at_ends(db: Database, run_ids: Collection[RunId]) -> dict[RunId, Used]:
    """What judges used at the ends of runs, by run; a run without any is not there."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            f"select run_id, {_USED} from judge_call where run_id in (select unnest(?::varchar[])) "
            "group by run_id",
            [list(run_ids)],
        ).fetchall()
    return {run_id: Used(*used) for run_id, *used in rows}


def reply_lengths(db: Database) -> dict[tuple[str, str], ReplyLength]:
    """The mean length of replies, by rubric version and model."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            "select version, model, avg(completion_tokens), count(*) from judge_call "
            "where outcome is not null and completion_tokens > 0 group by version, model"
        ).fetchall()
    return {(version, model): ReplyLength(mean, seen) for version, model, mean, seen in rows}


def _row(call: JudgeCall) -> Row:
    return [
        call.key, call.conversation_id, call.run_id, call.version, call.model, call.sample,
        None if call.outcome is None else to_json(call.outcome), call.calls, call.prompt_tokens,
        call.completion_tokens, call.cost_usd, microseconds(call.asked), call.seconds,
    ]  # fmt: skip


def _call_of(row: Cells) -> JudgeCall:
    values = {name: row[name] for name in row if name not in ("seq", "outcome")}
    return JudgeCall(**values, outcome=from_json(row["outcome"]))
