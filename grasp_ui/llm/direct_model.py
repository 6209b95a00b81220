"""A model behind OpenAI-compatible endpoints, asked over their HTTP clients."""

from asyncio import get_running_loop, sleep
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from time import time
from typing import Any

from grasp_ui.llm.endpoint import Endpoint
from grasp_ui.llm.hedging import first_good
from grasp_ui.llm.patience import Patience, Trouble
from grasp_ui.llm.port import CallFailure, Reply, Request, Watch
from grasp_ui.llm.state import EndpointState, joined

__all__ = ["DirectModel", "Endpoint"]

LOOK_AROUND_SECONDS = 5.0


class DirectModel:
    """Asks an endpoint under `wire_name`; the one place where a call is tried again.

    Of several endpoints each attempt takes the least loaded, a broken one only where all are.
    Streams when the watch wants text. A retry begins the text anew: the watch hears of the
    failure in between. A cancelled call closes its connection and frees its slot.
    """

    __slots__ = ("_is_plain", "_put_off", "endpoints", "name", "patience", "wire_name")

    def __init__(
        self,
        name: str,
        wire_name: str,
        endpoint: Endpoint | Sequence[Endpoint],
        patience: Patience | None = None,
    ) -> None:
        self.name = name
        self.wire_name = wire_name
        self.endpoints = (endpoint,) if isinstance(endpoint, Endpoint) else tuple(endpoint)
        self.patience = patience or Patience()
        self._put_off: dict[object, tuple[float, str]] = {}
        self._is_plain = len(self.endpoints) == 1
        if not self._is_plain:
            for one in self.endpoints:
                one.gate.expect_others()

    @property
    def endpoint(self) -> Endpoint:
        """The first of its endpoints."""
        return self.endpoints[0]

    @property
    def state(self) -> EndpointState:
        """How its endpoints stand, for a screen; also from another thread."""
        state = joined([endpoint.state for endpoint in self.endpoints])
        # A list of a dict's values is made in one step, which no other thread can disturb.
        put_off = list(self._put_off.values())
        if not put_off:
            return state
        next_at, said = min(put_off)
        return replace(state, put_off=len(put_off), next_at=next_at, reason=state.reason or said)

    async def reply(self, request: Request, watch: Watch | None = None) -> Reply:
        """Ask, retrying as `patience` says.

        Raises:
            CallFailure: the last attempt failed, or the failure is final.
            RunHalted: the watch lets no further attempt begin.
        """
        attempt, trouble, endpoint = 0, None, self.endpoints[0]
        while True:
            ticket = endpoint.gate.try_enter(len(request.body)) if self._is_plain else 0
            if not ticket:
                endpoint, ticket = await self._turn(len(request.body), trouble, endpoint)
            try:
                if self.patience.hedge_after_seconds and not (watch and watch.wants_text):
                    return await self._hedged(request, watch, (endpoint, ticket, attempt))
                return await endpoint.reply(request, watch, ticket, attempt)
            except CallFailure as failure:
                now = get_running_loop().time()
                trouble = trouble or Trouble(self.patience, now)
                wait = trouble.wait_after(failure, now, has_worked=endpoint.gate.has_worked)
                if wait is None:
                    raise
                said = str(failure)
            await self._rest(wait, said)
            attempt += 1

    async def _rest(self, seconds: float, said: str) -> None:
        """Put a call off, and let screens see it."""
        call = object()
        self._put_off[call] = (time() + seconds, said)
        try:
            await sleep(seconds)
        finally:
            del self._put_off[call]

    async def _turn(
        self, size: int, trouble: Trouble | None, failed: Endpoint
    ) -> tuple[Endpoint, int]:
        """An endpoint and a ticket for it, as soon as there is one.

        Raises:
            CallFailure: none of the endpoints has worked for as long as the patience lasts.
        """
        loop = get_running_loop()
        but = failed if trouble else None
        while True:
            endpoint = self._least_loaded(but)
            if ticket := endpoint.gate.try_enter(size):
                return endpoint, ticket
            total = self.patience.total_seconds
            left = trouble.seconds_left(loop.time()) if trouble else total
            patient = left if self._is_plain else min(left, LOOK_AROUND_SECONDS)
            ticket = await endpoint.gate.enter(size, patient, is_picky=not self._is_plain)
            if ticket:
                return endpoint, ticket
            trouble = trouble or Trouble(self.patience, loop.time())
            failure = endpoint.gate.failure
            if failure is not None and (self._is_plain or not trouble.seconds_left(loop.time())):
                raise type(failure)(str(failure))

    def _least_loaded(self, but: Endpoint | None = None) -> Endpoint:
        """The endpoint that has most to spare; `but` only where all others are broken."""

        def order(endpoint: Endpoint) -> tuple[bool, bool, float]:
            return endpoint.gate.failure is not None, endpoint is but, endpoint.gate.load

        return min(self.endpoints, key=order)

    async def _hedged(
        self, request: Request, watch: Watch | None, sent: tuple[Endpoint, int, int]
    ) -> Reply:
        """Ask once, and once more elsewhere if it takes long; the first good answer counts."""
        endpoint, ticket, attempt = sent

        def second() -> Coroutine[Any, Any, Reply] | None:
            other = self._least_loaded(but=endpoint)
            spare = other.gate.try_enter(len(request.body))
            if not spare:
                return None
            other.gate.hedged += 1
            return other.reply(request, watch, spare, attempt)

        first = endpoint.reply(request, watch, ticket, attempt)
        return await first_good(first, second, self.patience.hedge_after_seconds)
