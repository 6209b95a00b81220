"""How an endpoint stands: a value for screens, cheap to make."""

from collections.abc import Sequence
from dataclasses import dataclass

from grasp_ui.llm.breaker import BreakerState

WORST: tuple[BreakerState, ...] = ("closed", "half-open", "open")


@dataclass(frozen=True, slots=True)
class EndpointState:
    """How an endpoint, or several for one model, stand now.

    `allowed` is how many calls may be in flight now, of `calls_at_once` at most.
    `paused_until` is in seconds since 1970, 0 where nothing is paused. `breaker` is `open`
    while no call is sent, `half-open` while one is out to see. `reason` is what was said last
    where calls are held back, else empty. `calls` counts all that were let in so far, `hedged`
    those of them that were second copies. `put_off` calls have failed and wait to be tried again,
    the first of them at `next_at` (seconds since 1970).
    """

    where: str
    in_flight: int
    waiting: int
    allowed: int
    calls_at_once: int
    paused_until: float = 0.0
    breaker: BreakerState = "closed"
    reason: str = ""
    calls: int = 0
    hedged: int = 0
    put_off: int = 0
    next_at: float = 0.0


def joined(states: Sequence[EndpointState]) -> EndpointState:
    """Several endpoints of one model as one.

    A model is paused or broken only where all of its endpoints are; the reasons are all told.
    """
    if len(states) == 1:
        return states[0]
    return EndpointState(
        where=", ".join(state.where for state in states),
        in_flight=sum(state.in_flight for state in states),
        waiting=sum(state.waiting for state in states),
        allowed=sum(state.allowed for state in states),
        calls_at_once=sum(state.calls_at_once for state in states),
        paused_until=min(state.paused_until for state in states),
        breaker=min((state.breaker for state in states), key=WORST.index),
        reason=" ".join(dict.fromkeys(state.reason for state in states if state.reason)),
        calls=sum(state.calls for state in states),
        hedged=sum(state.hedged for state in states),
    )
