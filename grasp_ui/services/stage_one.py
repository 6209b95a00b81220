"""Stage one at the end of each record: its tags go into the store with the record."""

from collections.abc import Mapping

from grasp_ui.errors import NotFound
from grasp_ui.model.effective import effective_tags, verdict_of
from grasp_ui.model.event import NodeEnded, RecordEnded, RecordResult, RunEvent
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import RunId
from grasp_ui.services.packed_visits import PackedVisits
from grasp_ui.services.parts import load_heuristics
from grasp_ui.store.database import Database
from grasp_ui.store.runs import keep_event, keep_visits
from grasp_ui.tagging.profile import Profile
from grasp_ui.tagging.stages import tag_conversation, tag_preferences

DEFAULT = "default"
NONE = "none"


def profile_of(spec: GraphSpec, profiles: Mapping[str, Profile]) -> Profile | None:
    """The profile that a graph's `tagging:` names; None for `tagging: none`.

    Raises:
        NotFound: there is no such profile.
    """
    if spec.tagging == NONE:
        return None
    named = spec.tagging.get("profile") if isinstance(spec.tagging, Mapping) else spec.tagging
    name = str(named or DEFAULT)
    if name not in profiles:
        known = ", ".join(sorted(profiles))
        raise NotFound(f"There is no tagging profile named '{name}'. Known: {known}.")
    return profiles[name]


class TaggedBook:
    """Keeps the events of a run; a finished record goes in together with its tags.

    Where it `packs`, the ends of a record's visits go in with the record's end, in one row.
    """

    def __init__(
        self, database: Database, run_id: RunId, profile: Profile | None, *, packs: bool
    ) -> None:
        self._database = database
        self._run_id = run_id
        self._profile = profile
        self._packed = PackedVisits() if packs else None
        if profile is not None:
            load_heuristics()

    def keep(self, event: RunEvent) -> bool | None:
        """Keep an event; for a finished record, say whether its tags let it through."""
        if isinstance(event, RecordEnded):
            return self._end(event)
        if self._packed is not None and isinstance(event, NodeEnded):
            self._packed.add(event)
        else:
            keep_event(self._database, self._run_id, event)
        return None

    def close(self) -> None:
        """Keep what records have left that did not end."""
        if self._packed is not None:
            keep_visits(self._database, self._run_id, self._packed.take_all())

    def _end(self, event: RecordEnded) -> bool | None:
        tags = () if event.result is None else _tags(event.result, self._profile, self._run_id)
        visits = () if self._packed is None else self._packed.take(event.record_id)
        keep_event(self._database, self._run_id, event, tags, visits)
        return None if event.result is None else _is_kept(event.result, tags)

    async def room(self) -> None:
        """Wait until the store can take more."""
        await self._database.room()


def tags_for(profile: Profile, result: RecordResult) -> tuple[Tag, ...]:
    """What the rules of conversations and of preferences add to a result."""
    found = tag_conversation(profile, result.conversation, known=result.tags)
    if result.preferences:
        seen = TaggedConversation(
            conversation=result.conversation, tags=result.tags, preferences=result.preferences
        )
        found = (*found, *tag_preferences(profile, seen, found))
    return found


def _tags(result: RecordResult, profile: Profile | None, run_id: RunId) -> tuple[Tag, ...]:
    found = () if profile is None else tags_for(profile, result)
    return tuple(tag.model_copy(update={"run_id": run_id}) for tag in found)


def _is_kept(result: RecordResult, tags: tuple[Tag, ...]) -> bool:
    """Whether any thread goes into exports, as the store counts it."""
    if not (tags or result.tags):
        return bool(result.conversation.messages)
    counted = effective_tags((*result.tags, *tags), ())
    threads = result.conversation.threads()
    return any(verdict_of(thread, counted, ()).state == "keep" for thread in threads)
