"""A rubric tried on a few conversations; nothing is stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from grasp_ui.engine.chance import random_for
from grasp_ui.errors import NotFound
from grasp_ui.judging.ask import Examination, Method, examination
from grasp_ui.judging.examine import Examined, examine
from grasp_ui.judging.inquiry import Inquiry, WireMessages
from grasp_ui.llm.port import CallFailure, ChatModel, Reply
from grasp_ui.llm.together import together
from grasp_ui.model.rubric import Rubric
from grasp_ui.model.value import ConversationId, RecordId
from grasp_ui.services.pricing import is_priced
from grasp_ui.services.review import open_conversation
from grasp_ui.services.stage_two_asker import COLD, asked_of
from grasp_ui.services.workspace import Workspace
from grasp_ui.tagging.profile import Scope
from grasp_ui.tagging.subjects import Subject, subjects_of


@dataclass(frozen=True, slots=True)
class Tried:
    """What a judge said of one conversation, and what it cost.

    Without `examined` it was not asked (`failure` says why). `cost_usd` is None where the
    model's price is not known.
    """

    conversation_id: ConversationId
    examined: Examined | None
    failure: str = ""
    tokens: int = 0
    cost_usd: float | None = None


def try_rubric(
    workspace: Workspace,
    rubric: Rubric,
    method: Method,
    model: str,
    conversation_ids: Sequence[ConversationId],
) -> list[Tried]:
    """Judge the last answer (or the whole) of each conversation, in order.

    Raises:
        NotFound: Settings have no such model, or the store no such conversation.
    """
    settings = workspace.settings.model(model)
    if settings is None:
        raise NotFound(f"There is no model named '{model}' in Settings.")
    scope: Scope = "conversation" if rubric.target == "conversation" else "last_answer"
    found = [open_conversation(workspace, one) for one in conversation_ids]
    subjects = [subjects_of(scope, tagged) for tagged in found]
    exam = examination(rubric, method)
    has_price = is_priced(settings)

    async def judge() -> list[Tried]:
        asked = await workspace.runner.makers.model(settings)
        return await together(
            _tried(asked, exam, name, groups[0][0] if groups else None, has_price=has_price)
            for name, groups in zip(conversation_ids, subjects, strict=True)
        )

    return workspace.runner.call(judge())


async def _tried(
    model: ChatModel,
    exam: Examination,
    about: ConversationId,
    subject: Subject | None,
    *,
    has_price: bool,
) -> Tried:
    if subject is None:
        return Tried(about, None, "It has no answer to judge.")
    used: list[Reply] = []

    async def send(messages: WireMessages, inquiry: Inquiry) -> Reply:
        warmth = {} if "temperature" in inquiry.settings else COLD
        used.append(await asked_of(model, messages, inquiry, warmth))
        return used[-1]

    examined, failure = None, ""
    try:
        examined = await examine(
            exam, subject.dialogue, random_for(0, RecordId(about), "trial"), send
        )
    except CallFailure as error:
        failure = str(error)
    tokens = sum(r.usage.prompt_tokens + r.usage.completion_tokens for r in used)
    cost = sum(reply.usage.cost_usd for reply in used)
    return Tried(about, examined, failure, tokens, cost if has_price or cost else None)
