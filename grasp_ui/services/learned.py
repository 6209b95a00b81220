"""Models learned from people in this workspace: train, switch on and off, tag."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from grasp_ui.model.effective import EffectiveTag, standing
from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.model.tag import Tag
from grasp_ui.services.learned_tags import (
    FILE,
    Learned,
    Progress,
    all_features,
    append_tags,
    learned_in,
    learned_tags,
    newest_learned,
    withdrawn,
)
from grasp_ui.services.parts import load_heuristics
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.judgements import conversations_with_labels
from grasp_ui.tagging.features import rules_version
from grasp_ui.tagging.learned import AIMS, KINDS, Aim, Kind, LearnedModel
from grasp_ui.tagging.training import Example, TooFewLabels, train

__all__ = [
    "FILE", "Learned", "Progress", "Training", "What", "are_rules_as_trained", "read_learned",
    "switch_off", "switch_on", "tag_everything", "train_on_people",
]  # fmt: skip
MOST_CONVERSATIONS = 2_000
"""More labels hardly make so small a model better, and training reads them all."""
What = tuple[Aim, Kind]


@dataclass(frozen=True, slots=True)
class Training:
    """What was trained, why the rest was not, and how many labels there are."""

    models: tuple[LearnedModel, ...]
    labels: dict[What, int]
    refused: dict[What, str] = field(default_factory=dict)


def read_learned(workspace: Workspace) -> Learned:
    """The models of this workspace; none, and off, where none was trained.

    Raises:
        UnreadableFile: the file is not what it should be; nothing is overwritten.
    """
    return learned_in(workspace.home)


def train_on_people(workspace: Workspace) -> Training:
    """Learn from all that people said in this workspace, and keep what was learned.

    Decisions to keep or reject, overrides and imported labels of people count. Models that
    tag go on tagging with the old numbers until `tag_everything` is called.
    """
    load_heuristics()
    workspace.database.settle()
    examples = _examples(workspace)
    models, refused = list[LearnedModel](), dict[What, str]()
    for (aim, kind), found in examples.items():
        try:
            models.append(train(found, aim=aim, kind=kind, rules=rules_version()))
        except TooFewLabels as error:
            refused[aim, kind] = str(error)
    _keep(workspace, read_learned(workspace).model_copy(update={"models": tuple(models)}))
    return Training(tuple(models), {what: len(found) for what, found in examples.items()}, refused)


def are_rules_as_trained(model: LearnedModel) -> bool:
    """Whether the rules that the model reads are those that it was trained with."""
    load_heuristics()
    return tuple(model.rules) == rules_version()


def switch_on(workspace: Workspace, on_progress: Progress | None = None) -> int:
    """Let the models tag all that is stored; returns how many tags were added."""
    _keep(workspace, read_learned(workspace).model_copy(update={"is_on": True}))
    return tag_everything(workspace, on_progress)


def switch_off(workspace: Workspace, on_progress: Progress | None = None) -> int:
    """Take all learned tags back, so that none counts any more; returns how many.

    They stay in the history, as everything does.
    """
    _keep(workspace, read_learned(workspace).model_copy(update={"is_on": False}))
    return append_tags(workspace.database, Selection(), _taken_back, on_progress)


def tag_everything(workspace: Workspace, on_progress: Progress | None = None) -> int:
    """Say of every stored conversation what the models say now; only news is added.

    Without models, or where they are switched off, nothing is.
    """
    learned = read_learned(workspace)
    if not learned.is_on:
        return 0
    load_heuristics()
    models = learned.models
    return append_tags(
        workspace.database, Selection(), lambda tagged: learned_tags(models, tagged), on_progress
    )


def _examples(workspace: Workspace) -> dict[What, list[Example]]:
    found: dict[What, list[Example]] = {(aim, kind): [] for aim in AIMS for kind in KINDS}
    for tagged in conversations_with_labels(workspace.database, most=MOST_CONVERSATIONS):
        group = str(tagged.conversation.id)
        seen = {target.id: features for target, features in all_features(tagged)}
        for what, name, label in _labels(tagged):
            if name in seen:
                found[what].append(Example(seen[name], label, group))
    return found


def _labels(tagged: TaggedConversation) -> Iterator[tuple[What, str, float]]:
    """What people said, as labels from 0 to 1 of messages and of the whole."""
    decision = _decision(tagged)
    if decision is not None:
        yield ("reject", "conversation"), str(tagged.conversation.id), decision
    by_target: dict[str, list[EffectiveTag]] = {}
    for tag in tagged.effective:
        if _is_by_people(tag) and not tag.disputed:
            by_target.setdefault(tag.target.id, []).append(tag)
    for name, tags in by_target.items():
        kind: Kind = "conversation" if name == tagged.conversation.id else "message"
        if kind == "message":
            yield ("reject", kind), name, float(any(tag.action == "reject" for tag in tags))
        score = _quality(tags)
        if score is not None:
            yield ("quality", kind), name, score


def _decision(tagged: TaggedConversation) -> float | None:
    """1 where most people rejected the conversation, 0 where they kept it."""
    events = [e for e in standing(tagged.reviews) if e.kind in ("keep", "reject")]
    votes = Counter({event.person: event.kind for event in events}.values())
    if votes["keep"] == votes["reject"]:
        return None
    return float(votes["reject"] > votes["keep"])


def _quality(tags: Iterable[EffectiveTag]) -> float | None:
    """People's score under the name `quality`, else the mean of what they scored in Review."""
    scored = [(tag, tag.score) for tag in tags if tag.score is not None]
    named = [score for tag, score in scored if tag.name == "quality"]
    by_hand = [score for tag, score in scored if tag.source == "person"]
    chosen = named or by_hand
    return sum(chosen) / len(chosen) if chosen else None


def _is_by_people(tag: EffectiveTag) -> bool:
    return tag.source == "person" or (tag.source == "imported" and tag.author.startswith("people"))


def _taken_back(tagged: TaggedConversation) -> list[Tag]:
    """The learned tags of a conversation once more, with nothing said and nothing meant."""
    said = [tag for tag in newest_learned(tagged).values() if tag.value is not None]
    return [withdrawn(tag, "the learned models are switched off") for tag in said]


def _keep(workspace: Workspace, learned: Learned) -> None:
    """Write the file whole or not at all."""
    new = workspace.home / f"{FILE}.new"
    new.write_text(learned.model_dump_json(indent=1) + "\n", encoding="utf-8")
    new.replace(workspace.home / FILE)
