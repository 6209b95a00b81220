"""One OpenAI-compatible endpoint: its client, and the gate that lets calls in."""

from asyncio import sleep
from time import perf_counter, time

from grasp_ui.llm.gate import Gate
from grasp_ui.llm.limits import Limits
from grasp_ui.llm.port import CallFailure, Reply, Request, Watch
from grasp_ui.llm.state import EndpointState
from grasp_ui.llm.validation import Timing, reply_of
from grasp_ui.llm.wire import Wire


class Endpoint:
    """Where models are asked: `gate` lets calls in, over all models of the endpoint.

    Belongs to the loop of its first call until `close`. An empty `key` sends none.
    """

    __slots__ = ("_wire", "gate")

    def __init__(self, url: str, key: str = "", limits: Limits | None = None) -> None:
        self.gate = Gate(limits or Limits())
        self._wire = Wire(url, key, limits or Limits())

    def __repr__(self) -> str:
        return f"Endpoint({self._wire.where!r})"

    @property
    def state(self) -> EndpointState:
        """How the endpoint stands, for a screen; also from another thread."""
        return self.gate.state(self._wire.where)

    async def reply(
        self, request: Request, watch: Watch | None, ticket: int, attempt: int
    ) -> Reply:
        """Ask once, with a `ticket` of the gate, which is given back.

        `attempt` counts from 0.

        Raises:
            CallFailure: no good answer came; the watch has heard of it.
            RunHalted: the watch lets no call begin.
        """
        started, begun = 0.0, 0.0
        try:
            on_text = None
            if watch is not None:
                # Answers that came at the same time are kept first, with one write for all.
                await sleep(0)
                watch.begin()
                on_text = watch.text if watch.wants_text else None
            started, begun = time(), perf_counter()
            completion = await self._wire.ask(request.body, on_text)
            reply = reply_of(completion, request, Timing(started, perf_counter() - begun, attempt))
        except CallFailure as failure:
            failure.attempt = attempt
            self.gate.leave_failed(ticket, failure)
            if watch is not None:
                seconds = perf_counter() - begun
                watch.failed(failure, attempt=attempt, started=started, seconds=seconds)
            raise
        except BaseException:
            self.gate.leave(ticket)
            raise
        usage = reply.usage
        self.gate.leave_well(ticket, usage.prompt_tokens, usage.completion_tokens)
        return reply

    async def close(self) -> None:
        """Close the client and its connections; a later call makes a new one."""
        self.gate.close()
        await self._wire.close()
