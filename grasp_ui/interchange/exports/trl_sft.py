"""TRL supervised fine-tuning: the best thread of each conversation as `messages`."""

from statistics import fmean
from typing import Annotated, ClassVar

from pydantic import Field

from grasp_ui.interchange.chat import ChatConfig, ChatMessage, chat_of, fault_of
from grasp_ui.interchange.export_format import Made, export_format, in_words
from grasp_ui.model.conversation import Thread
from grasp_ui.model.effective import Verdict, verdict_of
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.registry import Look


class SftConfig(ChatConfig):
    """How threads become rows."""

    usage: ClassVar[str] = """\
from datasets import load_dataset
from trl import SFTConfig, SFTTrainer

dataset = load_dataset("json", data_files="data.jsonl", split="train")
trainer = SFTTrainer(
    model="MODEL",
    args=SFTConfig(output_dir="out"),
    train_dataset=dataset,
)
trainer.train()
"""
    rank_by: Annotated[
        str,
        Field(
            title="Rank threads by the tag",
            description="Its mean score on a thread; threads without it come last. "
            "Empty: the thread's own score.",
        ),
    ] = ""


LOOK = Look(
    "SFT (TRL)",
    "The best kept thread of each conversation, as messages; the assistant ends.",
    group="Training",
    icon="school",
)


@export_format("trl-sft", config=SftConfig, look=LOOK)
def trl_sft(config: SftConfig, tagged: TaggedConversation) -> Made:
    """One row, of the best thread that is kept.

    A row is `{"messages": [{"role", "content"}, …]}`. Best is the highest score, then the
    active thread, then the id of its last message. What follows the assistant's last message
    is cut off.
    """
    threads = sorted(tagged.conversation.threads(), key=lambda one: _rank(config, tagged, one))
    reasons = []
    for thread in threads:
        chat = _ending_with_assistant(chat_of(thread.messages, config))
        reason = _refusal(_verdict(tagged, thread)) or fault_of(chat, last="assistant")
        if not reason:
            return Made(({"messages": chat},))
        reasons.append(reason)
    return Made(left_out=tuple(reasons[:1]) or ("no messages",))


def _rank(
    config: SftConfig, tagged: TaggedConversation, thread: Thread
) -> tuple[bool, float, bool, str]:
    named = _tag_score(config.rank_by, tagged, thread)
    score = (_verdict(tagged, thread).score or 0.0) if named is None else named
    return named is None, -score, not thread.is_active, thread.leaf_id


def _tag_score(name: str, tagged: TaggedConversation, thread: Thread) -> float | None:
    on_thread = {thread.conversation_id, *(message.id for message in thread.messages)}
    tags = [tag for tag in tagged.effective if tag.name == name and tag.target.id in on_thread]
    scores = [tag.score for tag in tags if tag.score is not None]
    return fmean(scores) if name and scores else None


def _verdict(tagged: TaggedConversation, thread: Thread) -> Verdict:
    known = tagged.verdicts.get(thread.leaf_id)
    return known or verdict_of(thread, tagged.effective, tagged.reviews)


def _refusal(verdict: Verdict) -> str:
    match verdict.state:
        case "keep":
            return ""
        case "disputed":
            return f"disputed: {in_words(verdict.reasons)}"
        case "drop":
            return f"rejected: {in_words(verdict.reasons)}"


def _ending_with_assistant(chat: list[ChatMessage]) -> list[ChatMessage]:
    answers = [place for place, message in enumerate(chat) if message["role"] == "assistant"]
    return chat[: answers[-1] + 1] if answers else chat
