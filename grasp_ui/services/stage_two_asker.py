"""Asks judges within a budget, each question once; every answer is kept."""

import asyncio
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson

from grasp_ui.engine.chance import random_for
from grasp_ui.errors import RunHalted
from grasp_ui.judging.inquiry import Inquiry, WireMessages
from grasp_ui.llm.budget import Budget
from grasp_ui.llm.port import BadRequest, CallFailure, ChatModel, Reply, Request, Watch
from grasp_ui.model.value import ConversationId, JsonObject, RecordId, RunId
from grasp_ui.services.run_request import now
from grasp_ui.services.stage_two_tally import Tally
from grasp_ui.store.database import Database
from grasp_ui.store.judge_calls import JudgeCall, keep_judge_call
from grasp_ui.tagging.questions import Ask, Outcome, Question

FAILURES_IN_A_ROW = 50
"""So many failed questions with none answered between them stop the tagging."""
PAGES = 3
COLD: JsonObject = {"temperature": 0}
WARMTH = 0.7
"""The temperature where a question is put several times: at 0 the answers would be one."""


@dataclass(slots=True)
class Spent:
    """What one question has used so far."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float = 0.0


@dataclass(slots=True)
class Asker:
    """Gives outcomes: known ones, those that are being asked for, or new ones.

    What is answered goes into the store at once, so that a crash costs no more than the calls in
    flight; `fresh` has the newest of it, for other conversations with the same text. To be used
    in one loop.
    """

    database: Database
    models: Mapping[str, ChatModel]
    budget: Budget
    tally: Tally
    run_id: RunId | None = None
    fresh: deque[dict[str, Outcome]] = field(default_factory=lambda: deque([{}], maxlen=PAGES))
    asking: dict[str, asyncio.Future[Outcome | None]] = field(default_factory=dict)

    def key(self, question: Question) -> str:
        """What the answer to a question is kept by."""
        return question.key(self.models[question.model].wire_name)

    def about(self, conversation_id: ConversationId, known: Mapping[str, Outcome]) -> Ask:
        """What asks about one conversation, of which outcomes are `known` by their keys."""

        async def ask(question: Question) -> Outcome | None:
            key = self.key(question)
            outcome = known.get(key) or next(
                (page[key] for page in self.fresh if key in page), None
            )
            if outcome is None and key in self.asking:
                outcome = await asyncio.shield(self.asking[key])
            elif outcome is None:
                return await self._first(question, key, conversation_id)
            if outcome is not None:
                self.tally.answered(is_new=False, is_unparsed=bool(outcome.fault))
            return outcome

        return ask

    async def _first(self, question: Question, key: str, about: ConversationId) -> Outcome | None:
        """Ask; others who ask the same meanwhile wait for this answer."""
        future = self.asking[key] = asyncio.get_running_loop().create_future()
        try:
            outcome = await self._asked(question, key, about)
        except asyncio.CancelledError:
            future.cancel()
            raise
        except BaseException as error:
            future.set_exception(error)
            # It is raised here; that nobody else waited for it is no fault.
            future.exception()
            raise
        finally:
            del self.asking[key]
        future.set_result(outcome)
        return outcome

    async def _asked(self, question: Question, key: str, about: ConversationId) -> Outcome | None:
        sender = Sender(self, self.models[question.model], question)
        began, outcome = time.monotonic(), None
        try:
            outcome = await question.put(random_for(0, RecordId(key), "fence"), sender.send)
        except CallFailure as failure:
            self.tally.failed(failure.code, question.name, str(failure))
        finally:
            if outcome is not None or sender.spent.calls:
                self._keep(question, key, about, outcome, sender.spent, time.monotonic() - began)
        if outcome is None:
            self._check_luck(question)
            return None
        self.fresh[-1][key] = outcome
        self.tally.answered(is_new=True, is_unparsed=bool(outcome.fault))
        await self.database.room()
        return outcome

    def _keep(  # noqa: PLR0913, PLR0917 - the columns of one row
        self, question: Question, key: str, about: ConversationId, outcome: Outcome | None,
        spent: Spent, seconds: float,
    ) -> None:  # fmt: skip
        call = JudgeCall(
            key, about, question.version, question.model, question.sample,
            None if outcome is None else outcome.model_dump(exclude_defaults=True), now(),
            self.run_id, spent.calls, spent.prompt_tokens, spent.completion_tokens,
            spent.cost_usd, seconds,
        )  # fmt: skip
        keep_judge_call(self.database, call)

    def _check_luck(self, question: Question) -> None:
        if self.tally.failed_in_a_row >= FAILURES_IN_A_ROW:
            raise RunHalted(
                f"{FAILURES_IN_A_ROW} questions in a row failed, the last at {question.name}. "
                "What was answered is kept. See to the model's endpoint and tag again."
            )


class Sender:
    """Sends the calls of one question, and counts them."""

    wants_text = False

    def __init__(self, asker: Asker, model: ChatModel, question: Question) -> None:
        self.spent = Spent()
        self._asker = asker
        self._model = model
        self._question = question

    async def send(self, messages: WireMessages, inquiry: Inquiry) -> Reply:
        """The model's reply to `messages`, in the form that `inquiry` asks for.

        Raises:
            CallFailure: there is none.
            RunHalted: no further call may begin.
        """
        warmth = _warmth(inquiry, self._question)
        reply = await asked_of(self._model, messages, inquiry, warmth, watch=self)
        self._count(reply)
        return reply

    def begin(self) -> None:
        """Let an attempt begin once all answers before it are in the journal."""
        self._asker.budget.gate()
        self._asker.database.flush()
        self._asker.tally.sent()
        self.spent.calls += 1

    def text(self, piece: str) -> None:
        """Pieces of replies are not shown."""

    def failed(self, failure: CallFailure, *, attempt: int, started: float, seconds: float) -> None:
        """The last attempt's failure is raised; earlier ones are tried again."""

    def _count(self, reply: Reply) -> None:
        used = reply.usage
        self.spent.prompt_tokens += used.prompt_tokens
        self.spent.completion_tokens += used.completion_tokens
        self.spent.cost_usd += used.cost_usd
        self._asker.budget.spend(used.prompt_tokens + used.completion_tokens, used.cost_usd)
        self._asker.tally.used(used.prompt_tokens, used.completion_tokens, used.cost_usd)


async def asked_of(
    model: ChatModel,
    messages: WireMessages,
    inquiry: Inquiry,
    warmth: JsonObject,
    *,
    watch: Watch | None = None,
) -> Reply:
    """The reply of a judge; its form is told, and checked by who reads it.

    Raises:
        CallFailure: there is none.
    """
    body = {"model": model.wire_name, "messages": messages, **inquiry.settings}
    try:
        return await model.reply(Request(orjson.dumps({**body, **warmth})), watch)
    except BadRequest as refusal:
        # Some reasoning models take no temperature; they are asked as they take it.
        if not warmth or "temperature" not in str(refusal):
            raise
        return await model.reply(Request(orjson.dumps(body)), watch)


def _warmth(inquiry: Inquiry, question: Question) -> JsonObject:
    if "temperature" in inquiry.settings:
        return {}
    if question.samples == 1:
        return dict(COLD)
    return {"temperature": WARMTH, "seed": question.sample}
