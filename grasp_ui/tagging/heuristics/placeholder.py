"""Texts that were left to be filled in."""

import re
from collections.abc import Iterator

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig, Measured, finding, tree_heuristic
from grasp_ui.tagging.lineage import above
from grasp_ui.tagging.wording import without_inline_code

# One of these is in every text that PATTERN finds, whatever its case.
ANCHORS = (
    "[", "<your", "<insert", "{your", "{insert", "lorem ipsum", "to" + "do", "tbd", "fix" + "me",
    "tbc", "example.", "yourc", "yourd", "yourw", "yours", "yourb", "youro", "youra", "youre",
    "your-", "domain.", "website.com", "xxx", "_____", "mycompany",
)  # fmt: skip
ROLE = (
    r"(?:name|title|date|address|e-?mail|phone|company|city|state|country|product|recipient|sender"
    r"|customer|client|position|job|role|topic|subject|number|amount|link|url|time|location|place"
    r"|brand|event|organi[sz]ation|signature|age|year|department|manager|price|day|month)"
)
PATTERN = re.compile(
    r"(?P<bracket>(?<!\w)\[(?i:your|insert|enter|add|fill in|specify|mention"
    r"|describe|recipient'?s?)\b"
    r"[^\]\n]{0,60}\]"
    rf"|(?<!\w)\[(?i:{ROLE}|[a-z']+ {ROLE}|{ROLE} [a-z]+)\](?![(:])"
    r"|(?<!replace )[<{](?i:your|insert)[ _-](?:[a-zA-Z_ -]{1,40})[>}])"
    r"|(?P<dummy>(?i:lorem ipsum))"
    r"|(?P<capitals>\b(?:INSERT|ADD|PUT|ENTER|WRITE|PASTE)(?: [A-Z]+){0,4} HERE\b"
    r"|\b(?:TO[D]O|TB[D]|FIX[M]E|TBC)\b(?=[:\s.,)\]]|$)(?! list)"
    r"|\bXX[X]+\b(?:[ -]XX[X]+)*)"
    r"|(?P<blank>(?<![_\w])_{5,}(?!_))"
    r"|(?P<domain>\b(?i:(?:https?://|www\.|[\w.+-]+@)?(?:[\w-]+\.)*(?:example\.(?:com|org|net)"
    r"|your-?(?:company|domain|web-?site|site|store|business|organi[sz]ation|app|email)"
    r"\.(?:com|org|net|io|co)|domain\.(?:com|tld)|mycompany\.com|website\.com))\b)"
)
# Who asks for a form wants its gaps.
WANTED = re.compile(
    r"\b(?:templates?|placeholders?|fill[- ]in|blanks?|boilerplates?|forms?|brackets?|mock|dummy"
    r"|filler|mad ?libs?|vorlage|modèle|plantilla|skeleton|e-?mail address(?:es)?|urls?|domains?"
    r"|regex|regular expressions?|cloze|latex)\b",
    re.I,
)
MEASURES = {
    "bracket": "gaps in brackets",
    "dummy": "dummy texts",
    "capitals": "notes to the writer",
    "blank": "blank lines to fill in",
    "domain": "domains kept for examples",
}


class PlaceholderConfig(HeuristicConfig):
    """The rule has no thresholds: a gap is there or not."""


LOOK = Look(
    "Placeholder",
    "The answer holds something to be filled in: [Your Name], lorem ipsum, an example's domain.",
    group="Safety hints",
    icon="edit_note",
)


@tree_heuristic("placeholder", config=PlaceholderConfig, look=LOOK)
def placeholder(config: PlaceholderConfig, conversation: Conversation) -> Iterator[Finding]:
    """Each answer with a gap left in it, outside code, that nobody asked for.

    Gaps are `[Your Name]` and its like, *lorem ipsum*, *INSERT … HERE* and other notes to the
    writer, lines to write on, and domains kept for examples (RFC 2606 and `yourcompany.com`).
    None counts that the user or the system wrote first, nor any where they asked for a template,
    a form, or addresses.
    """
    for message in conversation.messages:
        if message.role != "assistant" or not _may_have_gaps(message.content):
            continue
        gaps = _unasked(message, conversation)
        if gaps:
            measured = Measured(MEASURES[str(gaps[0].lastgroup)], len(gaps), 0, gaps[0].span())
            yield finding(message, measured, value=gaps[0].group()[:80])


def _may_have_gaps(text: str) -> bool:
    lowered = text.lower()
    return " HERE" in text or any(map(lowered.__contains__, ANCHORS))


def _unasked(message: Message, conversation: Conversation) -> list[re.Match[str]]:
    gaps = list(PATTERN.finditer(without_inline_code(message.content)))
    if not gaps:
        return []
    asked = [one.content for one in above(message, conversation) if one.role != "assistant"]
    if any(map(WANTED.search, asked)):
        return []
    said = "\n".join(asked).lower()
    return [gap for gap in gaps if gap.group().lower() not in said]
