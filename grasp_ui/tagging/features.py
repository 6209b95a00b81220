"""Features: what a learned model sees of a message, as named numbers."""

import math
import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from grasp_ui.model.conversation import Conversation
from grasp_ui.model.value import MessageId, Scalar
from grasp_ui.tagging.heuristic import HEURISTICS, Finding, HeuristicConfig, TreeRule, code_version
from grasp_ui.tagging.relations import FREQUENT, Read, read, relations
from grasp_ui.tagging.wording import share, without_code

Features = Mapping[str, float]
RULE = "rule "
LINK = re.compile(r"https?://|www\.", re.I)
ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s", re.M)
CLOSED = re.compile(r"[.!?…。！？:)\]}\"'”`]\s*$")
VOWELS = frozenset("aeiouyAEIOUYäöüÄÖÜáéíóúàèìòù")
# Signs of careless typing: a small i, a comma with a space before it, a sign with none after
# it, a sentence that begins small.
CARELESS = re.compile(
    r"(?<![\w.'’-])i(?=['’ ])|\w\s,(?:\s|$)|[^\W\d_][,;!?][^\W\d_]|\w{4}[.!?] +[a-z]"
)
UNSURE = re.compile(
    r"\bi (?:don['’]?t|do not) know\b|\bi(?:['’]?m| am) (?:not sure|unable|sorry)\b"
    r"|\bi (?:can(?:no|['’]?)t|could(?:n['’]t| not))\b|\bunfortunately\b|\bsorry\b",
    re.I,
)
READER = frozenset(("you", "your", "yours", "you're", "you'll", "you've", "you'd", "yourself"))
LONG_WORD = 8
# Letters over these are shown as steps: what is too short or too long is not simply less good.
SHORT_LETTERS, LONG_LETTERS = 40, 2000


def conversation_features(conversation: Conversation) -> dict[str, float]:
    """Features of a conversation: its answers' means, and the worst that rules found.

    Example:
        >>> conversation_features(said("hi", "hello there"))["turns"] > 0
        True
    """
    messages = list(message_features(conversation).items())
    roles = {message.id: message.role for message in conversation.messages}
    answers = [found for name, found in messages if roles[name] == "assistant"]
    spoken = answers or [found for _, found in messages]
    names = dict.fromkeys(name for _, found in messages for name in found)
    features = {"turns": math.log1p(len(messages))}
    for name in names:
        if name.startswith(RULE):
            features[name] = max(found.get(name, 0.0) for _, found in messages)
        elif spoken:
            features[name] = sum(found.get(name, 0.0) for found in spoken) / len(spoken)
    return features


def message_features(conversation: Conversation) -> dict[MessageId, dict[str, float]]:
    """Features of each message: what every rule found, and cheap statistics.

    Rules run with their default configs, whatever a profile says, so that a model means the
    same under every profile. What a rule finds in the conversation counts for all its messages.
    """
    found, known = _findings(conversation), read(conversation)
    beside = relations(known)
    return {
        name: {
            **_text_features(one, is_first=one.message.parent_id not in known),
            **beside[name],
            **found.get(str(conversation.id), {}),
            **found.get(str(name), {}),
        }
        for name, one in known.items()
    }


def rules_version() -> tuple[str, ...]:
    """What the rules' features come from: names and code of all registered rules."""
    return tuple(f"{part.name}@{code_version(part.name)[:8]}" for part in HEURISTICS)


def _findings(conversation: Conversation) -> dict[str, dict[str, float]]:
    """Features from the rules, by the id of what each finding is about."""
    found: dict[str, dict[str, float]] = {}
    for name, config, rule in _rules(len(HEURISTICS.parts)):
        for finding in rule(config, conversation):
            found.setdefault(finding.target.id, {}).update(_rule_features(name, finding))
    return found


@cache
def _rules(_count: int) -> tuple[tuple[str, HeuristicConfig, TreeRule], ...]:
    """Every rule with its default config; made anew when rules were added."""
    made = []
    for part in HEURISTICS:
        config = part.config()
        assert isinstance(config, HeuristicConfig)  # noqa: S101 - the decorator takes no other
        made.append((part.name, config, part.deed))
    return tuple(made)


def _rule_features(name: str, finding: Finding) -> dict[str, float]:
    """That it fired, how badly, and what came out where that is a number or a word."""
    features = {f"{RULE}{name}": 1.0, f"{RULE}{name}, how badly": 1.0 - finding.score}
    return features | _value_feature(name, finding.value)


def _value_feature(name: str, value: Scalar) -> dict[str, float]:
    match value:
        case None | bool():
            return {}
        case int() | float():
            size = math.copysign(math.log1p(abs(value)), value)
            return {f"{RULE}{name}, its number": size} if math.isfinite(size) else {}
        case str():
            return {f"{RULE}{name} is {value[:30]}": 1.0}


def _text_features(one: Read, *, is_first: bool) -> dict[str, float]:
    text, is_answer = one.message.content, one.message.role == "assistant"
    speaker = "answer" if is_answer else "prompt"
    length = math.log1p(len(text))
    return {
        f"length of the {speaker}": length,
        f"too short an {speaker}": max(0.0, math.log1p(SHORT_LETTERS) - length),
        f"too long an {speaker}": max(0.0, length - math.log1p(LONG_LETTERS)),
        "is an answer": float(is_answer),
        "is a first message": float(is_first),
        **{name: measure(text) for name, measure in OF_TEXT.items()},
        **_word_features(one.words),
        "careless typing": _careless(text, len(one.words)),
    }


def _word_features(words: Sequence[str]) -> dict[str, float]:
    count = len(words)
    return {
        "word length": sum(map(len, words)) / count if count else 0.0,
        "longest word": math.log1p(max(map(len, words), default=0)),
        "long words": share(sum(len(word) >= LONG_WORD for word in words), count),
        "unique words": share(len(set(words[:200])), min(count, 200)),
        "frequent English words": share(sum(word in FREQUENT for word in words), count),
        "speaks to the reader": share(sum(word in READER for word in words), count),
    }


def _careless(text: str, words: int) -> float:
    """Signs of careless typing, by a hundred words."""
    found = sum(1 for _ in CARELESS.finditer(without_code(text)))
    return math.log1p(100 * found / (words + 10))


def _of_letters(text: str, is_one: Callable[[str], bool]) -> float:
    letters = [letter for letter in text if letter.isalpha()]
    return share(sum(map(is_one, letters)), len(letters))


def _of_characters(text: str, is_one: Callable[[str], bool]) -> float:
    return share(sum(map(is_one, text)), len(text))


def _compression(text: str) -> float:
    raw = text.encode("utf-8", "surrogatepass")
    return len(raw) / len(zlib.compress(raw, 6)) if len(raw) > 100 else 1.0


def _count(found: Iterable[object]) -> float:
    return math.log1p(sum(1 for _ in found))


OF_TEXT: dict[str, Callable[[str], float]] = {
    "letters": lambda text: _of_characters(text, str.isalpha),
    "digits": lambda text: _of_characters(text, str.isdigit),
    "other characters": lambda text: _of_characters(
        text, lambda one: not one.isalnum() and not one.isspace()
    ),
    "beyond ASCII": lambda text: _of_characters(text, lambda one: not one.isascii()),
    "capital letters": lambda text: _of_letters(text, str.isupper),
    "vowels": lambda text: _of_letters(text, VOWELS.__contains__),
    "begins with a capital letter": lambda text: float(text[:1].isupper()),
    "ends as a sentence does": lambda text: float(bool(CLOSED.search(text))),
    "question marks": lambda text: math.log1p(text.count("?")),
    "exclamation marks": lambda text: math.log1p(text.count("!")),
    "says that it cannot": lambda text: _count(UNSURE.finditer(text)),
    "links": lambda text: _count(LINK.finditer(text)),
    "list items": lambda text: _count(ITEM.finditer(text)),
    "lines": lambda text: math.log1p(text.count("\n")),
    "code": lambda text: float("```" in text),
    "compression": _compression,
}
"""Statistics of one text by what they are called."""
