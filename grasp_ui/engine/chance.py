"""Chance, repeatable: every node of every record has a random source of its own."""

from hashlib import blake2b
from random import Random

from grasp_ui.model.value import RecordId


def random_for(seed: int, record_id: RecordId, node: str, visit: str = "0") -> Random:
    """The random source of one visit; the same for the same run seed, on any machine.

    `node` is the node's path, `visit` the rounds of the loops around it.

    Example:
        >>> random_for(7, RecordId("r"), "mood").random() == random_for(
        ...     7, RecordId("r"), "mood").random()
        True
    """
    text = f"{seed}/{record_id}/{node}/{visit}"
    return Random(int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big"))
