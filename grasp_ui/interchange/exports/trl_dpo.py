"""TRL preference tuning: for each prompt the best answer against the worst."""

import unicodedata
from collections.abc import Iterable
from typing import Annotated, ClassVar, NamedTuple

from pydantic import Field

from grasp_ui.interchange.chat import ChatConfig, chat_of, fault_of
from grasp_ui.interchange.export_format import Made, export_format, in_words
from grasp_ui.interchange.margins import Margins, margin_fault
from grasp_ui.interchange.pairs import Candidate, by_prompt, ranked
from grasp_ui.model.conversation import Message, Thread
from grasp_ui.model.effective import EffectiveTag, verdict_of
from grasp_ui.model.preference import Preference
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import JsonObject, MessageId
from grasp_ui.registry import Look

MACHINES = ("judge", "learned", "imported")


class DpoConfig(ChatConfig, Margins):
    """How preferences become pairs."""

    usage: ClassVar[str] = """\
from datasets import load_dataset
from trl import DPOConfig, DPOTrainer

dataset = load_dataset("json", data_files="data.jsonl", split="train")
trainer = DPOTrainer(
    model="MODEL",
    args=DPOConfig(output_dir="out", beta=0.1),
    train_dataset=dataset,
)
trainer.train()
"""
    broken_losers: Annotated[
        bool,
        Field(
            title="Allow rejected answers that a rule or a person rejects",
            description="Low scores of a judge never keep an answer from being the worse one.",
        ),
    ] = False


class _Pair(NamedTuple):
    """Both answers with all that led to them, oldest first."""

    better: tuple[Message, ...]
    worse: tuple[Message, ...]


LOOK = Look(
    "DPO (TRL)",
    "One pair a prompt: the best answer against the worst, where the margin is wide enough.",
    group="Training",
    icon="thumbs_up_down",
)


@export_format("trl-dpo", config=DpoConfig, look=LOOK)
def trl_dpo(config: DpoConfig, tagged: TaggedConversation) -> Made:
    """One row for each prompt: the prompt, the chosen and the rejected answer.

    A row is `{"prompt": […], "chosen": [{assistant}], "rejected": [{assistant}]}`. Preferences
    are read, never derived (docs/semantics.md, *Which value counts*). The widest pair that
    nothing speaks against is written; where something speaks against all of them, the reason
    against the widest is given. Against a pair speak: a reject on the way to the chosen answer
    or on it; one by a rule or a person on the other answer; a dispute; a margin too small;
    equal texts; a shape that trainers refuse.
    """
    rows, reasons = [], []
    for preferences in by_prompt(tagged.preferences).values():
        made = [_made(config, tagged, candidate) for candidate in ranked(preferences)]
        row = next((one for one in made if not isinstance(one, str)), None)
        if row is not None:
            rows.append(row)
        else:
            reasons.append(str(made[0]))
    return Made(tuple(rows), tuple(reasons) if rows or reasons else ("no preference",))


def _made(config: DpoConfig, tagged: TaggedConversation, candidate: Candidate) -> JsonObject | str:
    """The row of `candidate`, or what speaks against it."""
    pair = _pair(tagged, candidate.preference)
    if pair is None:
        return "an answer is missing"
    if candidate.is_disputed:
        return "disputed: preference"
    return (
        _verdict_fault(config, tagged, pair)
        or margin_fault(config, candidate.preference, tagged)
        or _row(config, pair)
    )


def _pair(tagged: TaggedConversation, preference: Preference) -> _Pair | None:
    by_id = {message.id: message for message in tagged.conversation.messages}
    better, worse = (_path(by_id, i) for i in (preference.better_id, preference.worse_id))
    return _Pair(better, worse) if better and worse else None


def _path(by_id: dict[MessageId, Message], leaf: MessageId) -> tuple[Message, ...]:
    path: dict[MessageId, Message] = {}
    above: MessageId | None = leaf
    while above and above in by_id and above not in path:
        path[above] = by_id[above]
        above = by_id[above].parent_id
    return tuple(reversed(path.values()))


def _verdict_fault(config: DpoConfig, tagged: TaggedConversation, pair: _Pair) -> str:
    fault = _fault(tagged, pair.better, tagged.effective, "chosen answer")
    if fault or config.broken_losers:
        return fault
    loser = pair.worse[-1].id
    broken = [t for t in tagged.effective if t.target.id != loser or not _is_a_machines(t)]
    return _fault(tagged, pair.worse, broken, "other answer")


def _is_a_machines(tag: EffectiveTag) -> bool:
    """Whether a machine said so; what was imported may be people's word."""
    by_people = tag.source == "imported" and tag.author.startswith("people")
    return tag.source in MACHINES and not by_people


def _fault(
    tagged: TaggedConversation,
    path: tuple[Message, ...],
    effective: Iterable[EffectiveTag],
    whose: str,
) -> str:
    thread = Thread(conversation_id=tagged.conversation.id, messages=path)
    verdict = verdict_of(thread, effective, tagged.reviews)
    match verdict.state:
        case "keep":
            return ""
        case "disputed":
            return f"disputed: {in_words(verdict.reasons)}"
        case "drop":
            return f"{whose}: {in_words(verdict.reasons)}"


def _row(config: DpoConfig, pair: _Pair) -> JsonObject | str:
    prompt = chat_of(pair.better[:-1], config)
    better, worse = (chat_of(path[-1:], config) for path in pair)
    fault = fault_of(prompt, last="user") or next(
        (
            fault
            for one in (better, worse)
            if (fault := fault_of([*prompt, *one], last="assistant"))
        ),
        "",
    )
    if fault:
        return fault
    if _same(better[0]["content"]) == _same(worse[0]["content"]):
        return "equal texts"
    return {"prompt": prompt, "chosen": better, "rejected": worse}


def _same(text: str) -> str:
    """What two texts have in common that differ in form, white space or case only."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()
