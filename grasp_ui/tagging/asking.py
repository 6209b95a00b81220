"""What a user's message asks: the type of its question, and of its instruction."""

import re
from typing import Literal

from grasp_ui.tagging.wording import without_code

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
    r"^(?:can|could|would|will) (?:you|u|someone|anyone)\b"
    r"|^i(?:'d| would)? (?:want|need|like) you to\b"
    r"|^(?:i need|i want|i'd like|i would like|help me|let's|please)\b|\bplease\b",
    re.I,
)
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
INSTRUCTIONS: tuple[tuple[Instruction, re.Pattern[str]], ...] = (
    ("translate", re.compile(r"\btranslat\w+|\bhow do (?:you|i) say\b", re.I)),
    ("summarise", re.compile(
        r"\bsummar(?:y|i[sz]e)|\btl;?dr\b|\bmain points\b|\bin short\b", re.I)),
    ("code", re.compile(
        r"\b(?:python|javascript|typescript|java|c\+\+|c#|rust|golang|sql|html|css|bash|regex|php"
        r"|react|django|script|function|code|program|algorithm|unit tests?|api|compil\w+"
        r"|debug|stack trace|class|query)\b", re.I)),
    ("rewrite", re.compile(
        r"\b(?:rewrite|rephrase|paraphrase|proofread|edit|correct|improve|shorten|simplify|fix)\b",
        re.I)),
    ("classify", re.compile(
        r"\b(?:classif(?:y|ication)|categori[sz]e|label|sentiment|true or false|spam or)\b", re.I)),
    ("extract", re.compile(
        r"\b(?:extract|find all|pick out|identify (?:all|the)|pull out)\b", re.I)),
    ("compute", re.compile(
        r"\b(?:calculate|compute|solve|equation|integral|derivative|convert|how (?:many|much)"
        r"|percent(?:age)?|prove)\b|\d\s*[-+*/×^=]\s*\d", re.I)),
    ("create", re.compile(
        r"\b(?:write|compose|draft|create|generate|make up|come up with|invent|brainstorm|imagine"
        r"|design|act as|pretend|role-?play)\b", re.I)),
    ("compare", re.compile(
        r"\b(?:compare|difference|differ|versus|vs\.?|pros and cons|better)\b", re.I)),
    ("advise", re.compile(
        r"\b(?:advi[cs]e|recommend\w*|suggest\w*|tips?|should i|help me|what can i"
        r"|how (?:can|do|should) i|best way)\b", re.I)),
    ("explain", re.compile(
        r"\b(?:explain|describe|tell me|what|why|how|who|when|where|which|define|list"
        r"|give)\b", re.I)),
)  # fmt: skip
CHAT_WORDS = 6


def question_of(text: str) -> Question:
    """The type of what `text` asks; its last question counts, else its first request.

    Example:
        >>> question_of("Hi! Why is the sky blue?"), question_of("Write a poem."), question_of("ok")
        ('why', 'request', 'other')
    """
    sentences = [one.strip() for one in SENTENCE.findall(without_code(text)) if one.strip()]
    bare = [one for sentence in sentences if (one := COURTESY.sub("", sentence))]
    asked = [one for one in bare if one.endswith("?")]
    if asked:
        return _of_question(asked[-1])
    if any(VERB.match(one) or POLITE.search(one) for one in bare):
        return "request"
    worded = [kind for one in bare[:1] for kind, words in BY_WORD if words.match(one)]
    return worded[0] if worded else "other"


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
    head = prose[:400]
    if "```" in text and "```" not in prose:
        return "code"
    bare = COURTESY.sub("", head.strip())
    is_courtesy = len(bare) < len(head.strip()) and len(bare.split()) <= CHAT_WORDS
    if is_courtesy and not VERB.match(bare) and "?" not in bare:
        return "chat"
    return next((kind for kind, words in INSTRUCTIONS if words.search(head)), "other")
