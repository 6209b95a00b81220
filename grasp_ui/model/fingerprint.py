"""What is kept of texts, so that new ones are compared without reading them."""

from collections.abc import Sequence
from dataclasses import dataclass

from grasp_ui.model.value import ConversationId


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Columns of the same length, in the order of the store; none for an empty store.

    `texts` and `prompts` are keys (63 bits) of normal forms, `ratios` logarithms of how much
    longer the answers are than the prompts, `minhashes` signatures. A prompt or a ratio is
    missing where a conversation has no question or no answer.
    """

    conversations: Sequence[ConversationId] = ()
    texts: Sequence[int] = ()
    prompts: Sequence[int | None] = ()
    ratios: Sequence[float | None] = ()
    minhashes: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class Meanings:
    """An embedding for each conversation, in the order of the store."""

    conversations: Sequence[ConversationId] = ()
    vectors: Sequence[bytes] = ()
