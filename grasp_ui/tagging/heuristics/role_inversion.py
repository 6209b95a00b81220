"""A side that speaks as if it were the other."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig, Measured, finding, tree_heuristic
from grasp_ui.tagging.lineage import above
from grasp_ui.tagging.wording import without_code, words_of

# What only one who serves says.
OF_ASSISTANT = re.compile(
    r"\bhow (?:can|may|could) (?:i|we) (?:help|assist|be of (?:help|service|assistance))"
    r"(?: to)? you\b(?! (?:to |with )?(?:my|your own))"
    r"|\bwhat can i (?:help you with|do for you|assist you with)\b"
    r"|\bas an? (?:ai|artificial intelligence|(?:large )?language model|virtual assistant)\b"
    r"(?: (?:language )?model| assistant| system)?,? i\b"
    r"|\bi(?:'m| am) (?:just )?an? (?:ai|artificial intelligence|(?:large )?language model"
    r"|virtual assistant|ai (?:assistant|language model))\b"
    r"|\bi(?:'d| would|'ll| will| am|'m) (?:be )?(?:more than )?(?:happy|glad|pleased|delighted)"
    r" to (?:help|assist|explain|answer|provide|clarify|walk you)\b(?! (?:out )?(?:my|our)\b)"
    r"|\bi(?:'m| am) here to (?:help|assist|answer)\b"
    r"|\bis there anything else (?:i|we) can (?:help|assist|do)\b"
    r"|\b(?:let me know|feel free to (?:ask|reach out|contact us|let me know))(?: at any time)? if"
    r" (?:you(?:'d like| would like| have| need| want)|there(?:'s| is))(?: to know)?"
    r" (?:any |anything |more |further |other |some |else |additional )*(?:questions?|help"
    r"|concerns?|assistance|information|clarification|i can|else)\b"
    r"|\b(?:don't|do not) hesitate to (?:ask|reach out|contact)\b"
    r"|\bi (?:hope|trust) (?:this|that) (?:helps|answers your question|clarifies)\b"
    r"|\bi(?:'m| am) sorry to hear (?:that|about your)\b.{0,80}\b(?:could|can|may) (?:you|i)\b"
    r"|\b(?:wie kann ich (?:ihnen|dir) (?:helfen|behilflich)|als ki(?:-sprachmodell)? (?:kann|habe)"
    r"|comment puis-je vous aider|en tant qu'(?:ia|intelligence artificielle)"
    r"|¿?en qué puedo ayudar(?:le|te)|como (?:una )?ia,? no)\b",
    re.I | re.S,
)
# What only one who asks says, at the beginning of a message.
OF_USER = re.compile(
    r"^\W*(?:(?:hi|hello|hey)(?: there)?[\s,.!]+)?(?:"
    r"(?:can|could|would) you (?:please )?(?:help|tell|explain to|show|assist|advise) me\b"
    r"|(?:please,? )?help me (?:with|to|understand|find|write)\b"
    r"|i(?:'d| would)? (?:need|have|like|want) (?:some |a |your |to ask (?:you )?(?:a )?)*"
    r"(?:help|advice|question|assistance)\b(?!.{0,40}\byou(?:r)? (?:can|need|order))"
    r"|(?:thanks?(?: you)?(?: so| very)? ?(?:much)?|great|perfect|ok(?:ay)?)[\s,.!]+(?:\w+ ){0,4}"
    r"(?:that (?:solved|fixed|worked|helps|helped|makes sense|answers my)|i(?:'ll| will) (?:try|do)"
    r" that|it works now)"
    r"|thanks?(?: you)?(?: so| very)? ?(?:much)? for (?:your|the) (?:help|explanation|answer|advice"
    r"|quick (?:reply|response))\b"
    r"|(?:i(?:'m| am) (?:having|looking for)|my \w+(?: \w+)? (?:is|isn't|won't|doesn't|keeps|has"
    r" (?:stopped|been)|is not)) .{0,120}\b(?:help|what (?:should|can|do) i"
    r"|any (?:ideas|advice|tips))"
    r")",
    re.I | re.S,
)
ASKED = re.compile(r"\?|？")
# Parts are played, letters and lines written, where somebody wished for them.
PLAY = re.compile(
    r"\b(?:role-?play\w*|act(?:ing)? as|pretend\w*|imagine (?:you|that you)|play (?:the|a) (?:role"
    r"|part)|be my|dialog(?:ue)?s?|conversations?|script|scene|story|interview\w*|e-?mails?"
    r"|letters?|messages?|simulate|write|draft|repl(?:y|ies)|chatbots?|translat\w+|say"
    r"|you are (?:a|the|my) (?:customer|client|caller|patient|student|user|buyer|guest))\b",
    re.I,
)
# One of these is in every offer, in lower case.
OFFERING = (
    "help", "assist", " ai", "artificial", "language model", "happy to", "glad to", "pleased to",
    "delighted to", "anything else", "let me know", "feel free", "hesitate", "answers your",
    "clarifies", "sorry to hear", "do for you", "helfen", "behilflich", "als ki", "puis-je",
    "en tant", "puedo ayudar", "como ", "of service",
)  # fmt: skip
WISH = re.compile(r"\b(?:write|rewrite|translate|proofread|pretend|act as|role-?play)\b", re.I)
LISTED = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+\S", re.M)
OWN = re.compile(
    r"\b(?:my|mine|our|i (?:have|got|tried|wrote|made|need|want|am|was)|i'm|i'd|i've|please|must"
    r"|here(?:'s| is| are) (?:the|a|some) (?:text|code|data|list|article|draft|passage|table|input)"
    r"|the following|below|create|generate|give me|make me|rewrite|context|requirements?)\b",
    re.I,
)
QUOTED = re.compile(r"[\"“”«»]|^\s*>", re.M)


class RoleInversionConfig(HeuristicConfig):
    """When a message of the user looks like an answer."""

    minimum_words: Annotated[
        int, Field(title="Words from which a user's list counts as an answer", ge=10)
    ] = 80
    minimum_items: Annotated[
        int, Field(title="Items from which a user's list counts as an answer", ge=2)
    ] = 4


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
    - the assistant begins as one who asks for help or thanks for it.

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
    text = message.content
    if message.role == "assistant":
        found = OF_USER.match(text)
        return Measured("asks as the user does", 1, 0, found.span()) if found else None
    if message.role != "user":
        return None
    found = _offer(text)
    if found:
        return Measured("offers as the assistant does", 1, 0, found.span())
    is_reply = before is not None and before.role == "assistant"
    return _answer(config, text) if is_reply else None


def _offer(text: str) -> re.Match[str] | None:
    lowered = text.lower()
    if not any(map(lowered.__contains__, OFFERING)):
        return None
    found = OF_ASSISTANT.search(text)
    is_quoted = found and QUOTED.search(text[max(0, found.start() - 80) : found.start()])
    return None if is_quoted else found


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
