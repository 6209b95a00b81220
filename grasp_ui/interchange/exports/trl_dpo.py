"""TRL preference tuning: for each prompt the best answer against the worst."""

from collections.abc import Iterable, Mapping
from typing import Annotated, ClassVar, NamedTuple

from pydantic import Field

from grasp_ui.interchange.chat import ChatConfig, chat_of, fault_of
from grasp_ui.interchange.export_format import Made, export_format, in_words
from grasp_ui.interchange.length_bias import LONGER, PAIRS
from grasp_ui.interchange.margins import Margins, margin_fault, width_fault
from grasp_ui.interchange.pairs import ONE_BEST, Candidate, Choice, candidates
from grasp_ui.interchange.score_pairs import ScorePair, score_pairs
from grasp_ui.model.comparison import by_prompt, is_human
from grasp_ui.model.conversation import Message, Thread
from grasp_ui.model.effective import EffectiveTag, verdict_of
from grasp_ui.model.judged import Width
from grasp_ui.model.preference import Preference
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import JsonObject, MessageId, PreferenceId
from grasp_ui.registry import Look
from grasp_ui.text.shingles import normal_text

MACHINES = ("judge", "learned", "imported")


class DpoConfig(ChatConfig, Choice, Margins):
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
    edited_answers: Annotated[
        bool,
        Field(
            title="Allow answers that were edited after they were compared",
            description="A model compared the old text. Or tag with its judges again.",
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
    """Rows of a prompt, a chosen and a rejected answer: one for each prompt or more.

    A row is `{"prompt": […], "chosen": [{assistant}], "rejected": [{assistant}]}`. Preferences
    are read, and made from scores only where that is asked for (docs/semantics.md, *Which value
    counts*). The pairs come in the order of the strategy, up to the most that a prompt may
    give; where something speaks against all of them, the reason against the first is given.
    Against a pair speak: a reject of the preference itself; one on the way to the chosen answer
    or on it; one by a rule or a person on the other answer; a preference the other way round or
    in a ring; an answer that a person edited after a model compared it; a margin too small;
    equal texts; a shape that trainers refuse.
    """
    scored = _scored(config, tagged)
    wide = {pair.preference.id: pair.width for pair in scored}
    found = (*tagged.preferences, *(pair.preference for pair in scored))
    rows, reasons = list[JsonObject](), list[str]()
    for preferences in by_prompt(found).values():
        taken, why = _chosen(config, tagged, candidates(preferences, config), wide)
        rows += taken
        reasons += why
    figures = (*[PAIRS] * len(rows), *[LONGER] * sum(map(_is_longer, rows)))
    return Made(tuple(rows), tuple(reasons) if rows or reasons else ("no preference",), figures)


def _scored(config: DpoConfig, tagged: TaggedConversation) -> list[ScorePair]:
    return list(score_pairs(tagged, config.score_tag)) if config.pairs_from_scores else []


def _chosen(
    config: DpoConfig,
    tagged: TaggedConversation,
    ordered: list[Candidate],
    wide: Mapping[PreferenceId, Width],
) -> tuple[list[JsonObject], list[str]]:
    """The rows of one prompt, and why there are no others where that has to be told."""
    rows, reasons, best = list[JsonObject](), list[str](), None
    for candidate in ordered:
        one = candidate.preference
        if len(rows) == config.most or best not in (None, one.better_id):
            continue
        made = _made(config, tagged, candidate, wide.get(one.id))
        if isinstance(made, str):
            reasons.append(made)
        else:
            rows.append(made)
            best = one.better_id if config.strategy in ONE_BEST else None
    unsound = dict.fromkeys(candidate.fault for candidate in ordered if candidate.fault)
    return rows, list(unsound) if rows else reasons[:1]


def _made(
    config: DpoConfig, tagged: TaggedConversation, candidate: Candidate, wide: Width | None
) -> JsonObject | str:
    """The row of `candidate`, or what speaks against it."""
    pair = _pair(tagged, candidate.preference)
    if pair is None:
        return "an answer is missing"
    if wide is not None:  # made just now, from what counts
        old, margin = "", width_fault(config, wide)
    else:
        old = "" if config.edited_answers else _edited_since(tagged, candidate.preference)
        margin = margin_fault(config, candidate.preference, tagged)
    return (
        candidate.fault
        or old
        or _rejected(tagged, candidate.preference)
        or _verdict_fault(config, tagged, pair)
        or margin
        or _row(config, pair)
    )


def _rejected(tagged: TaggedConversation, preference: Preference) -> str:
    """The tags that reject the preference itself."""
    names = [
        tag.name
        for tag in tagged.effective
        if tag.target.kind == "preference"
        and tag.target.id == preference.id
        and tag.action == "reject"
    ]
    return f"preference: {', '.join(dict.fromkeys(names))}" if names else ""


def _edited_since(tagged: TaggedConversation, preference: Preference) -> str:
    """Said where the answers are not those any more that a machine compared."""
    answers = (preference.better_id, preference.worse_id)
    edits = [tagged.edited[one].seq for one in answers if one in tagged.edited]
    is_old = not is_human(preference) and any(seq > preference.seq for seq in edits)
    return "an answer was edited since it was compared" if is_old else ""


def _is_longer(row: JsonObject) -> bool:
    return len(row["chosen"][0]["content"]) > len(row["rejected"][0]["content"])


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
    if normal_text(better[0]["content"]) == normal_text(worse[0]["content"]):
        return "equal texts"
    return {"prompt": prompt, "chosen": better, "rejected": worse}
