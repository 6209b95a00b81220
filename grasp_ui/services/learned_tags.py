"""What models that learned from people say of conversations."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from grasp_ui.errors import UnreadableFile
from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import RunId, Value
from grasp_ui.services.parts import load_heuristics
from grasp_ui.store import conversations
from grasp_ui.store.database import Database
from grasp_ui.store.tags import add_tags
from grasp_ui.tagging.features import Features, conversation_features, message_features
from grasp_ui.tagging.learned import LearnedModel

FILE = "learned.json"
BATCH = 1_000
Progress = Callable[[int, int], None]


class Learned(Value):
    """What is kept in the workspace: the models, and whether they tag. Off at first."""

    is_on: bool = False
    models: tuple[LearnedModel, ...] = ()


def learned_in(home: Path) -> Learned:
    """The models of the workspace in `home`; none, and off, where none was trained.

    Raises:
        UnreadableFile: the file is not what it should be; nothing is overwritten.
    """
    path = home / FILE
    if not path.exists():
        return Learned()
    try:
        return Learned.model_validate_json(path.read_text(encoding="utf-8"))
    except (ValidationError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"The learned models in {path} cannot be read: {error}. Move the file away and train "
            "them again."
        ) from error


def models_at_work(home: Path) -> tuple[LearnedModel, ...]:
    """The models that tag what is new; none where they are off, or say nothing.

    Raises:
        UnreadableFile: the file of the models is not what it should be.
    """
    learned = learned_in(home)
    if not learned.is_on:
        return ()
    useful = tuple(model for model in learned.models if model.card.is_better_than_chance)
    if useful:
        load_heuristics()
    return useful


def tag_run_by_learned(database: Database, home: Path, run_id: RunId) -> int:
    """Let the models that are switched on tag what a run made; only news is added.

    Raises:
        UnreadableFile: the file of the models is not what it should be.
    """
    models = models_at_work(home)
    if not models:
        return 0
    selection = Selection(run_id=run_id)
    return append_tags(database, selection, lambda tagged: learned_tags(models, tagged))


def learned_tags(models: Iterable[LearnedModel], tagged: TaggedConversation) -> list[Tag]:
    """What `models` say of a conversation that they did not say already.

    A model that is no better than chance says nothing; what no model says any more is
    taken back.
    """
    known = newest_learned(tagged)
    useful = [model for model in models if model.card.is_better_than_chance]
    found = [
        model.tag(target, features) for model in useful for target, features in _seen(model, tagged)
    ]
    again = {(tag.target.id, tag.name) for tag in found}
    news = [tag for tag in found if _is_news(tag, known.get((tag.target.id, tag.name)))]
    gone = [t for key, t in known.items() if key not in again and t.value is not None]
    return news + [withdrawn(tag, "no model says it any more") for tag in gone]


def _is_news(tag: Tag, known: Tag | None) -> bool:
    return known is None or (known.value, known.version) != (tag.value, tag.version)


def append_tags(
    database: Database,
    selection: Selection,
    say: Callable[[TaggedConversation], list[Tag]],
    on_progress: Progress | None = None,
) -> int:
    """Add what `say` says of the selected conversations; returns the number of tags."""
    database.settle()
    total = conversations.count(database, selection)
    added, waiting = 0, list[Tag]()
    for done, tagged in enumerate(conversations.stream(database, selection), start=1):
        waiting.extend(say(tagged))
        if len(waiting) >= BATCH or done == total:
            add_tags(database, waiting)
            added, waiting = added + len(waiting), []
        if on_progress is not None:
            on_progress(done, total)
    add_tags(database, waiting)
    database.settle()
    return added + len(waiting)


def all_features(tagged: TaggedConversation) -> Iterator[tuple[Target, Features]]:
    """The features of each message and of the whole, by what they are about."""
    own = tagged.conversation.id
    for name, features in message_features(tagged.conversation).items():
        yield Target(conversation_id=own, kind="message", id=name), features
    whole = Target(conversation_id=own, kind="conversation", id=own)
    yield whole, conversation_features(tagged.conversation)


def _seen(model: LearnedModel, tagged: TaggedConversation) -> Iterator[tuple[Target, Features]]:
    """What the model speaks about: answers alone where it is about messages."""
    answers = {m.id for m in tagged.conversation.messages if m.role == "assistant"}
    for target, features in all_features(tagged):
        if target.kind == model.kind and (target.kind == "conversation" or target.id in answers):
            yield target, features


def withdrawn(tag: Tag, why: str) -> Tag:
    """A learned tag once more, with nothing said and nothing meant."""
    off = {"value": None, "score": None, "action": "pass", "seq": 0}
    return tag.model_copy(update=off | {"evidence": {"taken_back": why}})


def newest_learned(tagged: TaggedConversation) -> dict[tuple[str, str], Tag]:
    """The newest learned tag of each target and name."""
    learned = (tag for tag in tagged.tags if tag.source == "learned")
    return {(tag.target.id, tag.name): tag for tag in learned}
