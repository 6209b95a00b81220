"""Texts that were left to be filled in."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig, Measured, finding, tree_heuristic
from grasp_ui.tagging.lineage import above
from grasp_ui.tagging.wording import lowered, without_inline_code, word_set

ROLE = (
    r"(?:name|title|date|address|e-?mail|phone|company|city|state|country|product|recipient|sender"
    r"|customer|client|position|job|role|topic|subject|number|amount|link|url|time|location|place"
    r"|brand|event|organi[sz]ation|signature|age|year|department|manager|price|day|month)"
)
TASK = "to" + "do|tb" + "d|tbc|fix" + "me"


class Gap(NamedTuple):
    """A kind of gap: its name, what stands in every such text, and its form.

    In the text stands one of `marks` as it is written, or of `words` in whatever case; and in
    lower case one of `signs`, where there are any.
    """

    measure: str
    form: re.Pattern[str]
    marks: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    signs: tuple[str, ...] = ("",)


# Each form begins with letters that a search leaps to.
GAPS = (
    Gap(
        "gaps in brackets",
        re.compile(
            r"\[(?<!\w\[)(?:(?:your|insert|enter|add|fill in|specify|mention|describe"
            r"|recipient'?s?)\b[^\]\n]{0,60}\]"
            rf"|(?:{ROLE}|[a-z']+ {ROLE}|{ROLE} [a-z]+)\](?![(:]))",
            re.I,
        ),
        marks=("[",),
    ),
    Gap(
        "gaps in brackets",
        re.compile(r"[<{](?<!replace .)(?:your|insert)[ _-][a-z_ -]{1,40}[>}]", re.I),
        marks=("<", "{"),
    ),
    Gap("dummy texts", re.compile(r"lorem ipsum", re.I), words=frozenset({"lorem"})),
    Gap(
        "notes to the writer",
        re.compile(r"\b(?:INSERT|ADD|PUT|ENTER|WRITE|PASTE)(?: [A-Z]+){0,4} HERE\b"),
        marks=(" HERE",),
    ),
    Gap(
        "notes to the writer",
        re.compile(rf"\b(?:{TASK.upper()})\b(?=[:\s.,)\]]|$)(?! list)"),
        words=frozenset(TASK.split("|")),
    ),
    Gap("notes to the writer", re.compile(r"XX[X]+(?<!\wXXX)\b"), marks=("XX" + "X",)),
    Gap("blank lines to fill in", re.compile(r"_____+(?![_\w])"), marks=("_____",)),
    Gap(
        "domains kept for examples",
        re.compile(
            r"(?<![\w-])(?:example\.(?:com|org|net)|your-?(?:company|domain|web-?site|site|store"
            r"|business|organi[sz]ation|app|email)\.(?:com|org|net|io|co)|domain\.(?:com|tld)"
            r"|mycompany\.com|website\.com)\b",
            re.I,
        ),
        marks=(".co", ".org", ".net", ".io", ".tld"),
        signs=("example.", "domain.", "website.", "your", "mycompany."),
    ),
)
# Most texts have none of these, so that no form is looked for.
MARKS = {mark: place for place, gap in enumerate(GAPS) for mark in gap.marks}
WORDS = {word: place for place, gap in enumerate(GAPS) for word in gap.words}
# Who asks for a form wants its gaps.
WANTED = re.compile(
    r"\b(?:templates?|placeholders?|fill[- ]in|blanks?|boilerplates?|forms?|brackets?|mock|dummy"
    r"|filler|mad ?libs?|vorlage|modèle|plantilla|skeleton|e-?mail address(?:es)?|urls?|domains?"
    r"|regex|regular expressions?|cloze|latex)\b",
    re.I,
)


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
        gaps = _unasked(message, conversation) if message.role == "assistant" else []
        if gaps:
            measure, found = gaps[0]
            measured = Measured(measure, len(gaps), 0, found.span())
            yield finding(message, measured, value=found.group()[:80])


def _unasked(message: Message, conversation: Conversation) -> list[tuple[str, re.Match[str]]]:
    gaps = _gaps_in(message.content)
    if not gaps:
        return []
    asked = [one.content for one in above(message, conversation) if one.role != "assistant"]
    if any(map(WANTED.search, asked)):
        return []
    said = "\n".join(asked).lower()
    return [(measure, gap) for measure, gap in gaps if gap.group().lower() not in said]


def _gaps_in(text: str) -> list[tuple[str, re.Match[str]]]:
    """The gaps outside code, in order, each with its measure."""
    places = {MARKS[mark] for mark in filter(text.__contains__, MARKS)}
    places.update(WORDS[word] for word in filter(word_set(text).__contains__, WORDS))
    if not places:
        return []
    prose = without_inline_code(text)
    low = lowered(prose)
    near = (GAPS[place] for place in sorted(places))
    live = [gap for gap in near if any(map(low.__contains__, gap.signs))]
    found = [(gap.measure, match) for gap in live for match in gap.form.finditer(prose)]
    return sorted(found, key=lambda one: one[1].start())
