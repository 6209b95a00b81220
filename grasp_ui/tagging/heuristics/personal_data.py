"""Personal data that a dataset should not pass on."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from grasp_ui.model.conversation import Conversation
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig, on_message, tree_heuristic
from grasp_ui.text.personal_data import Kind, found

ALL: tuple[Kind, ...] = (
    "email", "phone", "credit_card", "iban", "ssn", "national_id", "ip_address",
)  # fmt: skip


class PrivacyConfig(HeuristicConfig):
    """Which kinds count, and how many pieces are too many."""

    kinds: Annotated[tuple[Kind, ...], Field(title="Kinds that count")] = ALL
    minimum_pieces: Annotated[int, Field(title="Pieces from which a message is named", ge=1)] = 1


LOOK = Look(
    "Personal data",
    "A message seems to hold a mail address, a phone, card or account number, or the like.",
    group="Safety hints",
    icon="badge",
)


@tree_heuristic("personal_data", config=PrivacyConfig, look=LOOK)
def personal_data(config: PrivacyConfig, conversation: Conversation) -> Iterator[Finding]:
    """Each message with personal data; a hint, which a judge or a person decides.

    Cards count with a true check digit (Luhn, ISO/IEC 7812-1) and a known issuer, accounts with
    a true remainder (IBAN, ISO 13616, mod 97). Mail addresses of domains reserved for examples
    (RFC 2606), local network addresses and version numbers are nobody's. The tag's value is the
    kind of the first piece; the evidence names all kinds.
    """
    for message in conversation.messages:
        pieces = [piece for piece in found(message.content) if piece.kind in config.kinds]
        if len(pieces) < config.minimum_pieces:
            continue
        evidence = {
            "measure": "pieces of personal data",
            "number": len(pieces),
            "threshold": config.minimum_pieces,
            "span": [pieces[0].start, pieces[0].end],
            "kinds": sorted({piece.kind for piece in pieces}),
        }
        yield Finding(on_message(message), value=pieces[0].kind, evidence=evidence)
