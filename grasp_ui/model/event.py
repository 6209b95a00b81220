"""What happens in a run. Events are stored; ticks are for screens and are not.

Named tuples: several are made on the path of every call, and these cost least. Times are
seconds since 1970, UTC.
"""

from typing import Literal, NamedTuple

from grasp_ui.model.conversation import Conversation
from grasp_ui.model.preference import Preference
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import JsonObject, RecordId


class CallEnded(NamedTuple):
    """A model call was answered; `key` is what a resumed run looks it up by.

    `request` is the JSON body as sent; `extra` has what else a replay needs.
    """

    record_id: RecordId
    record_index: int
    node: str
    visit: int
    candidate: int
    key: str
    model: str
    attempt: int
    request: bytes
    reply: str
    extra: JsonObject | None
    finish_reason: str | None
    prompt_tokens: int
    completion_tokens: int
    cost_usd: float
    started: float
    seconds: float
    kind: Literal["call_ended"] = "call_ended"


class CallFailed(NamedTuple):
    """One attempt of a call failed; `error_code` names the class of failure."""

    record_id: RecordId
    record_index: int
    node: str
    visit: int
    candidate: int
    key: str
    model: str
    attempt: int
    request: bytes
    error_code: str
    error: str
    started: float
    seconds: float
    kind: Literal["call_failed"] = "call_failed"


class CallReplayed(NamedTuple):
    """A known reply stood in for a call that was not made, and cost nothing.

    `source` says whose it was: another run's, the same request's of any run, or a pin's.
    `source_seq` is the sequence number of the event that it came from, if from one.
    """

    record_id: RecordId
    record_index: int
    node: str
    visit: int
    candidate: int
    key: str
    model: str
    request: bytes
    reply: str
    extra: JsonObject | None
    finish_reason: str | None
    source: Literal["run", "cache", "pin"]
    source_seq: int | None
    started: float
    kind: Literal["call_replayed"] = "call_replayed"


class NodeEnded(NamedTuple):
    """A node has settled for a record; `detail` has what it wrote, and any notes."""

    record_id: RecordId
    record_index: int
    node: str
    visit: int
    state: Literal["done", "skipped", "failed"]
    detail: JsonObject
    started: float
    seconds: float
    error_code: str | None = None
    error: str | None = None
    kind: Literal["node_ended"] = "node_ended"


class RecordResult(NamedTuple):
    """What a finished record leaves."""

    conversation: Conversation
    preferences: tuple[Preference, ...] = ()
    tags: tuple[Tag, ...] = ()


class RecordEnded(NamedTuple):
    """A record is finished, or has failed with a reason; `result` is stored apart."""

    record_id: RecordId
    record_index: int
    state: Literal["done", "failed"]
    started: float
    seconds: float
    node: str | None = None
    error_code: str | None = None
    error: str | None = None
    result: RecordResult | None = None
    kind: Literal["record_ended"] = "record_ended"


RunEvent = CallEnded | CallFailed | CallReplayed | NodeEnded | RecordEnded


class NodeStarted(NamedTuple):
    """A node began its work for a record."""

    record_index: int
    node: str
    visit: int


class TextArrived(NamedTuple):
    """A piece of a reply that is still being written."""

    record_index: int
    node: str
    candidate: int
    piece: str


class ArrowsTaken(NamedTuple):
    """Which arrows a record took after a node, by their names (`source -> target`)."""

    record_index: int
    node: str
    edges: tuple[str, ...] = ()


Tick = NodeStarted | TextArrived | ArrowsTaken
