"""A dataset in memory, for the tests of what looks at the others."""

from collections.abc import Iterable, Sequence

from grasp_ui.model.conversation import Conversation
from grasp_ui.model.value import ConversationId, MessageId
from grasp_ui.tagging.dataset import DATASET_RULES
from grasp_ui.tagging.heuristic import Finding
from grasp_ui.tagging.known_dataset import KnownDataset, Reading, fingerprints_of, meanings_of
from grasp_ui.text.evaluation import EvaluationRuns
from tests.builders import said
from tests.tagging.firing import load_rules


def numbered(*conversations: Conversation) -> list[Conversation]:
    """The conversations as c0, c1, … with messages of their own."""
    return [_renamed(one, f"c{n}") for n, one in enumerate(conversations)]


def dataset(conversations: Sequence[Conversation], evaluation: Iterable[str] = ()) -> KnownDataset:
    """What a store of `conversations` would know of them."""
    by_id = {one.id: one for one in conversations}
    runs = EvaluationRuns((f"exam.txt:{n}", text) for n, text in enumerate(evaluation, start=1))
    reading = Reading(
        conversations=lambda ids: [by_id[one] for one in ids],
        evaluation=lambda files: runs,
        meanings=lambda: meanings_of(conversations),
    )
    return KnownDataset(fingerprints_of(conversations), reading)


def found_by(
    rule: str,
    conversations: Sequence[Conversation],
    evaluation: Iterable[str] = (),
    **config: object,
) -> list[list[Finding]]:
    """What `rule` finds in each of the conversations, beside those before it."""
    load_rules()
    part = DATASET_RULES[rule]
    set_as = part.config.model_validate(config)
    known = dataset(conversations, evaluation)
    return [list(part.deed(set_as, one, known.before(one.id))) for one in conversations]


def found_in_last(rule: str, *texts: tuple[str, ...], **config: object) -> list[Finding]:
    """What `rule` finds in the last of some threads."""
    return found_by(rule, numbered(*(said(*thread) for thread in texts)), (), **config)[-1]


def _renamed(conversation: Conversation, name: str) -> Conversation:
    messages = tuple(
        one.model_copy(
            update={
                "id": MessageId(f"{name}-{one.id}"),
                "conversation_id": ConversationId(name),
                "parent_id": one.parent_id and MessageId(f"{name}-{one.parent_id}"),
            }
        )
        for one in conversation.messages
    )
    return conversation.model_copy(update={"id": ConversationId(name), "messages": messages})
