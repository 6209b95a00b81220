"""Models learned from people in this workspace: train, switch on and off, tag."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from pydantic import ValidationError

from grasp_ui.errors import UnreadableFile
from grasp_ui.model.effective import EffectiveTag, standing
from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import Value
from grasp_ui.services.parts import load_heuristics
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import conversations
from grasp_ui.store.judgements import conversations_with_labels
from grasp_ui.store.tags import add_tags
from grasp_ui.tagging.features import (
    Features,
    conversation_features,
    message_features,
    rules_version,
)
from grasp_ui.tagging.learned import AIMS, KINDS, Aim, Kind, LearnedModel
from grasp_ui.tagging.training import Example, TooFewLabels, train

FILE = "learned.json"
MOST_CONVERSATIONS = 2_000
"""More labels hardly make so small a model better, and training reads them all."""
BATCH = 1_000
Progress = Callable[[int, int], None]
What = tuple[Aim, Kind]


class Learned(Value):
    """What is kept in the workspace: the models, and whether they tag. Off at first."""

    is_on: bool = False
    models: tuple[LearnedModel, ...] = ()


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
    path = workspace.home / FILE
    if not path.exists():
        return Learned()
    try:
        return Learned.model_validate_json(path.read_text(encoding="utf-8"))
    except (ValidationError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"The learned models in {path} cannot be read: {error}. Move the file away and train "
            "them again."
        ) from error


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
    return _append(workspace, _taken_back, on_progress)


def tag_everything(workspace: Workspace, on_progress: Progress | None = None) -> int:
    """Say of every stored conversation what the models say now; only news is added.

    Without models, or where they are switched off, nothing is.
    """
    learned = read_learned(workspace)
    if not learned.is_on:
        return 0
    load_heuristics()
    return _append(workspace, lambda tagged: learned_tags(learned.models, tagged), on_progress)


def learned_tags(models: Iterable[LearnedModel], tagged: TaggedConversation) -> list[Tag]:
    """What `models` say of a conversation that they did not say already.

    A model that is no better than chance says nothing; what no model says any more is
    taken back.
    """
    known = _newest(tagged)
    useful = [model for model in models if model.card.is_better_than_chance]
    found = [
        model.tag(target, features) for model in useful for target, features in _seen(model, tagged)
    ]
    again = {(tag.target.id, tag.name) for tag in found}
    news = [tag for tag in found if _is_news(tag, known.get((tag.target.id, tag.name)))]
    gone = [t for key, t in known.items() if key not in again and t.value is not None]
    return news + [_withdrawn(tag, "no model says it any more") for tag in gone]


def _is_news(tag: Tag, known: Tag | None) -> bool:
    return known is None or (known.value, known.version) != (tag.value, tag.version)


def _examples(workspace: Workspace) -> dict[What, list[Example]]:
    found: dict[What, list[Example]] = {(aim, kind): [] for aim in AIMS for kind in KINDS}
    for tagged in conversations_with_labels(workspace.database, most=MOST_CONVERSATIONS):
        group = str(tagged.conversation.id)
        seen = {target.id: features for target, features in _all_features(tagged)}
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


def _all_features(tagged: TaggedConversation) -> Iterator[tuple[Target, Features]]:
    own = tagged.conversation.id
    for name, features in message_features(tagged.conversation).items():
        yield Target(conversation_id=own, kind="message", id=name), features
    whole = Target(conversation_id=own, kind="conversation", id=own)
    yield whole, conversation_features(tagged.conversation)


def _seen(model: LearnedModel, tagged: TaggedConversation) -> Iterator[tuple[Target, Features]]:
    """What the model speaks about: answers alone where it is about messages."""
    answers = {m.id for m in tagged.conversation.messages if m.role == "assistant"}
    for target, features in _all_features(tagged):
        if target.kind == model.kind and (target.kind == "conversation" or target.id in answers):
            yield target, features


def _taken_back(tagged: TaggedConversation) -> list[Tag]:
    """The learned tags of a conversation once more, with nothing said and nothing meant."""
    said = [tag for tag in _newest(tagged).values() if tag.value is not None]
    return [_withdrawn(tag, "the learned models are switched off") for tag in said]


def _withdrawn(tag: Tag, why: str) -> Tag:
    off = {"value": None, "score": None, "action": "pass", "seq": 0}
    return tag.model_copy(update=off | {"evidence": {"taken_back": why}})


def _newest(tagged: TaggedConversation) -> dict[tuple[str, str], Tag]:
    """The newest learned tag of each target and name."""
    learned = (tag for tag in tagged.tags if tag.source == "learned")
    return {(tag.target.id, tag.name): tag for tag in learned}


def _append(
    workspace: Workspace,
    say: Callable[[TaggedConversation], list[Tag]],
    on_progress: Progress | None,
) -> int:
    total = conversations.count(workspace.database, Selection())
    added, waiting = 0, list[Tag]()
    for done, tagged in enumerate(conversations.stream(workspace.database, Selection()), start=1):
        waiting.extend(say(tagged))
        if len(waiting) >= BATCH or done == total:
            add_tags(workspace.database, waiting)
            added, waiting = added + len(waiting), []
        if on_progress is not None:
            on_progress(done, total)
    add_tags(workspace.database, waiting)
    workspace.database.settle()
    return added + len(waiting)


def _keep(workspace: Workspace, learned: Learned) -> None:
    """Write the file whole or not at all."""
    new = workspace.home / f"{FILE}.new"
    new.write_text(learned.model_dump_json(indent=1) + "\n", encoding="utf-8")
    new.replace(workspace.home / FILE)
