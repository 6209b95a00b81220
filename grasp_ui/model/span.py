"""When a record was at a node: what a time line draws."""

from typing import Literal, NamedTuple

SpanState = Literal["running", "done", "failed", "cached"]
SHOWN_RECORDS = 12
"""How many records a time line shows: more bars than that cannot be told apart."""
SHOWN_SPANS = 600
"""The most bars of a time line: a run that loops long shows its newest."""


class Span(NamedTuple):
    """One visit of a node; `started` in seconds since 1970, UTC.

    `fork` is the number of the record's fork whose visit it is; 1 is the record itself.
    """

    record_index: int
    node: str
    visit: int
    started: float
    seconds: float
    state: SpanState
    fork: int = 1
