"""What a user's message asks: the type of its question, and of its instruction."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from grasp_ui.tagging.wording import keys_of, lowered, without_code, word_set

Question = Literal["what", "how", "why", "yes-no", "choice", "request", "other"]
Instruction = Literal[
    "code", "translate", "summarise", "rewrite", "classify", "extract", "compute", "create",
    "compare", "advise", "explain", "chat", "other",
]  # fmt: skip

COURTESY = re.compile(
    r"^(?:(?:hi|hello|hey|dear \w+|good (?:morning|afternoon|evening)|thanks?(?: you)?(?: so much)?"
    r"|ok(?:ay)?|great|please|so|and|but|well|also|now|then|sorry|excuse me)\b[\s,.!:;-]*)+",
    re.I,
)
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
POLITE = re.compile(
    r"(?:can|could|would|will) (?:you|u|someone|anyone)\b"
    r"|i(?:'d| would)? (?:want|need|like) you to\b"
    r"|(?:i need|i want|i'd like|i would like|help me|let's|please)\b",
    re.I,
)
PLEASE = re.compile(r"\bplease\b", re.I)
BINARY = re.compile(
    r"^(?:is|are|am|was|were|do|does|did|has|have|had|should|shall|may|might|must|can|could|will"
    r"|would|isn't|aren't|don't|doesn't|didn't|can't|won't)\b",
    re.I,
)
CHOICE = re.compile(r"\b(?:which (?:one|of|is)|or)\b[^?]*\?|\bbetter[^?]*\bor\b", re.I)
BY_WORD: tuple[tuple[Question, re.Pattern[str]], ...] = (
    ("why", re.compile(r"^(?:why|how come|for what reason|what (?:is|are) the reasons?)\b", re.I)),
    ("how", re.compile(r"^(?:how)\b", re.I)),
    ("what", re.compile(r"^(?:what|who|whom|whose|when|where|which|what's|who's|where's)\b", re.I)),
)
VERB = re.compile(
    r"^(?:write|give|tell|explain|describe|list|make|create|generate|show|find|summari[sz]e"
    r"|translate|rewrite|compare|provide|suggest|design|calculate|solve|convert|classify|name"
    r"|act|pretend|imagine|continue|complete|fix|correct|build|draft|compose|recommend|identify"
    r"|extract|discuss|outline|plan|teach|answer|choose|define|analy[sz]e|edit|implement|help"
    r"|add|use|come up|brainstorm|propose|paraphrase|simplify|count|sort|role-?play|think|consider"
    r"|repeat|say|do|change|remove|try|take|read|look|put|prove|evaluate|compute|shorten)\b",
    re.I,
)
SUM = re.compile(r"\d\s*[-+*/×^=]\s*\d")


class Work(NamedTuple):
    """A kind of work: its words, beginnings of words and phrases, and its whole form.

    Every text of that kind holds one of the words or, in lower case, one of the beginnings: most
    texts hold none, and the form need not be looked for. `wholes` are the words that are
    of that kind by themselves.
    """

    kind: Instruction
    words: frozenset[str]
    beginnings: tuple[str, ...]
    form: re.Pattern[str]
    wholes: frozenset[str]


def _work(kind: Instruction, words: str, beginnings: tuple[str, ...], form: str) -> Work:
    pattern = re.compile(form, re.I)
    wholes = frozenset(filter(pattern.fullmatch, words.split()))
    return Work(kind, frozenset(words.split()), beginnings, pattern, wholes)


INSTRUCTIONS = (
    _work("translate", "say", ("translat",),
          r"\btranslat\w+|\bhow do (?:you|i) say\b"),
    _work("summarise", "tl tldr main short", ("summar",),
          r"\bsummar(?:y|i[sz]e)|\btl;?dr\b|\bmain points\b|\bin short\b"),
    _work("code",
          "python javascript typescript java c rust golang sql html css bash regex php react django"
          " script function code program algorithm unit api debug stack class query", ("compil",),
          r"\b(?:python|javascript|typescript|java|c\+\+|c#|rust|golang|sql|html|css|bash|regex|php"
          r"|react|django|script|function|code|program|algorithm|unit tests?|api|compil\w+"
          r"|debug|stack trace|class|query)\b"),
    _work("rewrite",
          "rewrite rephrase paraphrase proofread edit correct improve shorten simplify fix", (),
          r"\b(?:rewrite|rephrase|paraphrase|proofread|edit|correct|improve|shorten|simplify|fix)"
          r"\b"),
    _work("classify",
          "classify classification categorize categorise label sentiment true spam", (),
          r"\b(?:classif(?:y|ication)|categori[sz]e|label|sentiment|true or false|spam or)\b"),
    _work("extract", "extract find pick identify pull", (),
          r"\b(?:extract|find all|pick out|identify (?:all|the)|pull out)\b"),
    _work("compute",
          "calculate compute solve equation integral derivative convert percent percentage prove"
          " many much", (),
          r"\b(?:calculate|compute|solve|equation|integral|derivative|convert|how (?:many|much)"
          r"|percent(?:age)?|prove)\b|" + SUM.pattern),
    _work("create",
          "write compose draft create generate make come invent brainstorm imagine design act"
          " pretend role roleplay", (),
          r"\b(?:write|compose|draft|create|generate|make up|come up with|invent|brainstorm|imagine"
          r"|design|act as|pretend|role-?play)\b"),
    _work("compare", "compare difference differ versus vs pros better", (),
          r"\b(?:compare|difference|differ|versus|vs\.?|pros and cons|better)\b"),
    _work("advise", "advice advise tip tips best help should",
          ("recommend", "suggest", "can i", "do i"),
          r"\b(?:advi[cs]e|recommend\w*|suggest\w*|tips?|should i|help me|what can i"
          r"|how (?:can|do|should) i|best way)\b"),
    _work("explain", "explain describe tell what why how who when where which define list give", (),
          r"\b(?:explain|describe|tell me|what|why|how|who|when|where|which|define|list|give)\b"),
)  # fmt: skip
KEYS = frozenset().union(*(work.words for work in INSTRUCTIONS))
CHAT_WORDS = 6
HEAD = 400


def question_of(text: str) -> Question:
    """The type of what `text` asks; its last question counts, else its first request.

    Example:
        >>> question_of("Hi! Why is the sky blue?"), question_of("Write a poem."), question_of("ok")
        ('why', 'request', 'other')
    """
    prose = without_code(text)
    asked = _last_question(prose) if "?" in prose else None
    if asked is not None:
        return _of_question(asked)
    return _of_statements(SENTENCE.findall(prose), says_please="please" in keys_of(prose))


def _last_question(prose: str) -> str | None:
    """The last sentence that ends with a question mark, without a greeting."""
    body = prose[: prose.rfind("?")].rstrip(".!?")
    begin = max(map(body.rfind, ".!?\n")) + 1
    # Another mark may stand behind the last one (`?!`): then all sentences are looked at.
    return _question_in(prose[begin:]) or _question_in(prose)


def _question_in(prose: str) -> str | None:
    bare = (_bare(one.strip()) for one in reversed(SENTENCE.findall(prose)))
    return next((one for one in bare if one.endswith("?")), None)


def _bare(sentence: str) -> str:
    """`sentence` without a greeting or thanks in front."""
    found = COURTESY.match(sentence)
    return sentence[found.end() :] if found else sentence


def _of_statements(sentences: Iterable[str], *, says_please: bool) -> Question:
    bare = [one for sentence in sentences if (one := _bare(sentence.strip()))]
    if any(VERB.match(one) or POLITE.match(one) for one in bare):
        return "request"
    if says_please and any(map(PLEASE.search, bare)):
        return "request"
    return next((kind for one in bare[:1] for kind, words in BY_WORD if words.match(one)), "other")


def _of_question(sentence: str) -> Question:
    if POLITE.match(sentence):
        return "request"
    if CHOICE.search(sentence) and not sentence.lower().startswith(("how", "why", "what")):
        return "choice"
    if BINARY.match(sentence):
        return "yes-no"
    clause = re.split(r"[,;:]\s+", sentence)[-1]
    for one in (sentence, clause):
        for kind, words in BY_WORD:
            if words.match(one):
                return kind
    return "request" if VERB.match(sentence) else "yes-no" if BINARY.match(clause) else "other"


def instruction_of(text: str) -> Instruction:
    """What kind of work `text` asks for, by the words of its first 400 characters.

    Example:
        >>> instruction_of("Translate this to French."), instruction_of("Thank you!")
        ('translate', 'chat')
    """
    prose = without_code(text)
    head = prose[:HEAD]
    if "```" in text and "```" not in prose:
        return "code"
    bare = _bare(head.strip())
    is_courtesy = len(bare) < len(head.strip()) and len(bare.split()) <= CHAT_WORDS
    if is_courtesy and not VERB.match(bare) and "?" not in bare:
        return "chat"
    return next(_works(prose, head), "other")


def _works(prose: str, head: str) -> Iterator[Instruction]:
    """The kinds of work that `head` asks for, the beginning of `prose`."""
    near, low = KEYS & keys_of(head), lowered(prose)
    # A whole word of plain letters is one to the form too, but for what a low line ties to it.
    is_plain = head.isascii() and "_" not in head
    wholes = near & word_set(head) if is_plain else frozenset()
    for work in INSTRUCTIONS:
        is_likely = (
            not work.words.isdisjoint(near)
            or any(map(low.__contains__, work.beginnings))
            or (work.kind == "compute" and SUM.search(head))
        )
        if is_likely and (not work.wholes.isdisjoint(wholes) or work.form.search(head)):
            yield work.kind
