"""Dataset rules over the store: conversations beside those before them."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from grasp_ui.model.fingerprint import Meanings
from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import RunId
from grasp_ui.store import conversations, fingerprints
from grasp_ui.store.database import Database
from grasp_ui.store.tags import add_tags
from grasp_ui.tagging.profile import Profile
from grasp_ui.tagging.stages import tag_in_dataset, uses_dataset

if TYPE_CHECKING:
    from grasp_ui.tagging.known_dataset import KnownDataset

BATCH = 1000
AHEAD = 1000


def dataset_of(database: Database, home: Path, *, until: int) -> "KnownDataset":
    """All conversations up to a sequence number, by their fingerprints.

    Those that have none yet get one, which is kept: it takes half a millisecond each, once.
    """
    # Loads numpy and the index: runs and pages without dataset rules do without.
    from grasp_ui.services.evaluation_sets import evaluation_sets
    from grasp_ui.tagging import known_dataset as known

    def meanings() -> Meanings:
        for some in fingerprints.without_meaning(database, known.MEANING, until=until):
            fingerprints.add_meanings(database, known.MEANING, known.meanings_of(some))
        return fingerprints.meanings(database, known.MEANING, until=until)

    for some in fingerprints.without_fingerprint(database, known.RECIPE, until=until):
        fingerprints.add_fingerprints(database, known.RECIPE, known.fingerprints_of(some))

    read = partial(fingerprints.texts_of, database)
    reading = known.Reading(read, evaluation_sets(home), meanings)
    return known.KnownDataset(
        fingerprints.fingerprints(database, known.RECIPE, until=until), reading
    )


class Comparing:
    """What the dataset rules of a profile say of conversations, one after the other."""

    def __init__(self, database: Database, home: Path, profile: Profile) -> None:
        self._profile = profile
        database.settle()
        self.until = database.loaded_seq
        self._dataset = (
            dataset_of(database, home, until=self.until) if uses_dataset(profile) else None
        )

    def ahead(self, stream: Iterator[TaggedConversation]) -> Iterator[TaggedConversation]:
        """The same stream; what its conversations are compared with is read many at once."""
        while some := list(islice(stream, AHEAD)):
            if self._dataset is not None:
                self._dataset.look_ahead([one.conversation.id for one in some])
            yield from some

    def tags(self, tagged: TaggedConversation) -> tuple[Tag, ...]:
        """The tags that are news for a conversation that was there when this was made."""
        conversation = tagged.stored
        earlier = None if self._dataset is None else self._dataset.before(conversation.id)
        return tag_in_dataset(self._profile, conversation, earlier, tagged.tags)


def tag_run_in_dataset(database: Database, home: Path, profile: Profile, run_id: RunId) -> int:
    """Run the dataset rules over the conversations of a run; appends only what is new.

    Returns:
        The number of tags that were added.
    """
    if not uses_dataset(profile):
        return 0
    comparing = Comparing(database, home, profile)
    selection = Selection(run_id=run_id, as_of=comparing.until)
    stream = comparing.ahead(conversations.stream(database, selection))
    found = (comparing.tags(one) for one in stream)
    return keep_tags(database, (tag for tags in found for tag in tags))


def keep_tags(database: Database, tags: Iterable[Tag]) -> int:
    """Append tags a thousand at a time; returns how many there were."""
    added = 0
    for some in _batches(tags):
        add_tags(database, some)
        added += len(some)
    database.settle()
    return added


def _batches(tags: Iterable[Tag]) -> Iterator[list[Tag]]:
    waiting: list[Tag] = []
    for tag in tags:
        waiting.append(tag)
        if len(waiting) >= BATCH:
            yield waiting
            waiting = []
    if waiting:
        yield waiting
