"""A side that speaks as if it were the other."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig, Measured, finding, tree_heuristic
from grasp_ui.tagging.lineage import above
from grasp_ui.tagging.manners import LONGEST_QUESTION, offer_in, plea_in
from grasp_ui.tagging.wording import without_code, words_of

ASKED = re.compile(r"\?|？")
# Parts are played, letters and lines written, where somebody wished for them.
PLAY = re.compile(
    r"\b(?:role-?play\w*|act(?:ing)? as|pretend\w*|imagine (?:you|that you)|play (?:the|a) (?:role"
    r"|part)|be my|dialog(?:ue)?s?|conversations?|script|scene|story|interview\w*|e-?mails?"
    r"|letters?|messages?|simulate|write|draft|repl(?:y|ies)|chatbots?|translat\w+|say"
    r"|you are (?:a|the|my) (?:customer|client|caller|patient|student|user|buyer|guest))\b",
    re.I,
)
WISH = re.compile(r"\b(?:write|rewrite|translate|proofread|pretend|act as|role-?play)\b", re.I)
LISTED = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+\S", re.M)
OWN = re.compile(
    r"\b(?:my|mine|our|i (?:have|got|tried|wrote|made|need|want|am|was)|i'm|i'd|i've|please|must"
    r"|here(?:'s| is| are) (?:the|a|some) (?:text|code|data|list|article|draft|passage|table|input)"
    r"|the following|below|create|generate|give me|make me|rewrite|context|requirements?)\b",
    re.I,
)


MERE_QUESTION = re.compile(r"(?:(?!\b(?:you|your|yours|would|shall)\b)[^.?!])+\?", re.I)


class RoleInversionConfig(HeuristicConfig):
    """When a message of the user looks like an answer."""

    minimum_words: Annotated[
        int, Field(title="Words from which a user's list counts as an answer", ge=10)
    ] = 80
    minimum_items: Annotated[
        int, Field(title="Items from which a user's list counts as an answer", ge=2)
    ] = 4
    minimum_statement: Annotated[
        int, Field(title="Words from which a user's statement counts as an answer", ge=5)
    ] = 25


LOOK = Look(
    "Roles swapped",
    "The user speaks as the assistant does, or the assistant as the user.",
    group="Self-play",
    icon="swap_horiz",
)


@tree_heuristic("role_inversion", config=RoleInversionConfig, look=LOOK)
def role_inversion(config: RoleInversionConfig, conversation: Conversation) -> Iterator[Finding]:
    """Each message that its role would not write, by the first of these signs.

    - the user offers help, says that it is an AI, or asks whether there is anything else to do;
    - the user, after an answer, writes `minimum_words` words and `minimum_items` items of a list
      without a question, a wish or a word on what is his own;
    - the assistant begins as one who asks for help or thanks for it;
    - the assistant merely asks, without a word to the user, before or after the user stated
      something in `minimum_statement` words or more without a question or a word on himself.

    Quotes are left out, and all of it where a message before wished for a part to be played, a
    letter, a text or a dialogue.
    """
    by_id = {one.id: one for one in conversation.messages}
    for message in conversation.messages:
        before = by_id.get(message.parent_id) if message.parent_id else None
        sign = _sign(config, message, before)
        if sign is not None and not _is_played(message, conversation):
            yield finding(message, sign, value=sign.measure)


def _sign(config: RoleInversionConfig, message: Message, before: Message | None) -> Measured | None:
    said, text = before.content if before else "", message.content
    if message.role == "assistant":
        plea = plea_in(text)
        if plea:
            return Measured("asks as the user does", 1, 0, plea)
        return _swapped(config, text, said) if _is_mere_question(text) else None
    if message.role != "user":
        return None
    offer = offer_in(text)
    if offer:
        return Measured("offers as the assistant does", 1, 0, offer)
    if before is None or before.role != "assistant":
        return None
    return _answer(config, text) or (
        _swapped(config, text, text) if _is_mere_question(said) else None
    )


def _swapped(config: RoleInversionConfig, text: str, statement: str) -> Measured | None:
    """Whether the user's `statement` is one, where the assistant merely asked."""
    if ASKED.search(statement) or OWN.search(statement) or WISH.search(statement):
        return None
    words = len(words_of(without_code(statement)))
    least = config.minimum_statement
    return (
        Measured("words stated by the user", words, least, (0, len(text)))
        if words >= least
        else None
    )


def _is_mere_question(text: str) -> bool:
    """Whether `text` is one short question that does not speak to a user."""
    if len(text) > LONGEST_QUESTION or not text.rstrip().endswith("?"):
        return False
    return MERE_QUESTION.fullmatch(text.strip()) is not None


def _answer(config: RoleInversionConfig, text: str) -> Measured | None:
    items = len(LISTED.findall(text)) if "\n" in text else 0
    if items < config.minimum_items or ASKED.search(text) or OWN.search(text):
        return None
    if len(words_of(without_code(text))) < config.minimum_words:
        return None
    return Measured("items of the user's list", items, config.minimum_items, (0, len(text)))


def _is_played(message: Message, conversation: Conversation) -> bool:
    if message.role == "assistant":
        return any(PLAY.search(one.content) for one in above(message, conversation))
    # A text that the user wants written or mended may hold such words itself.
    return WISH.search(message.content) is not None
