"""A model behind an OpenAI-compatible endpoint, asked over its one HTTP client."""

from asyncio import sleep
from time import perf_counter, time

from grasp_ui.llm.endpoint import Endpoint
from grasp_ui.llm.patience import Patience
from grasp_ui.llm.port import CallFailure, Reply, Request, Watch
from grasp_ui.llm.validation import Timing, reply_of

__all__ = ["DirectModel", "Endpoint"]


class DirectModel:
    """Asks an endpoint under `wire_name`; the one place where a call is tried again.

    Streams when the watch wants text. A retry begins the text anew: the watch hears of the
    failure in between. A cancelled call closes its connection and frees its slot.
    """

    __slots__ = ("endpoint", "name", "patience", "wire_name")

    def __init__(
        self, name: str, wire_name: str, endpoint: Endpoint, patience: Patience | None = None
    ) -> None:
        self.name = name
        self.wire_name = wire_name
        self.endpoint = endpoint
        self.patience = patience or Patience()

    async def reply(self, request: Request, watch: Watch | None = None) -> Reply:
        """Ask, retrying as `patience` says.

        Raises:
            CallFailure: the last attempt failed, or the failure is final.
            RunHalted: the watch lets no further attempt begin.
        """
        attempt = 0
        while True:
            on_text = watch.text if watch is not None and watch.wants_text else None
            try:
                async with self.endpoint.limit:
                    if watch is not None:
                        watch.begin()
                    started, begun = time(), perf_counter()
                    completion = await self.endpoint.ask(request.body, on_text)
                timing = Timing(started, perf_counter() - begun, attempt)
                return reply_of(completion, request, timing)
            except CallFailure as failure:
                if watch is not None:
                    seconds = perf_counter() - begun
                    watch.failed(failure, attempt=attempt, started=started, seconds=seconds)
                wait = self.patience.wait_after(failure, attempt)
                if wait is None:
                    raise
            await sleep(wait)
            attempt += 1
