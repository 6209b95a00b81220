"""How people begin and end a conversation: greetings, goodbyes, success."""

import re
from functools import lru_cache

from grasp_ui.tagging.wording import keys_of, lowered, words_of

# At the very end of a message.
GOODBYE = re.compile(
    r"\b(?:good ?bye|bye(?:[ -]bye)?|farewell|see (?:you|ya)(?: (?:later|soon|then|around"
    r"|next time|tomorrow))?|(?:have|enjoy) (?:a|the rest of your) (?:(?:great|nice|good|wonderful"
    r"|lovely|fantastic|pleasant) )?(?:rest of (?:your|the) )?(?:day|evening|weekend|night"
    r"|afternoon|one|week)(?: ahead)?|take care(?: of yourself)?|until (?:next time|then)"
    r"|talk to you (?:later|soon)|auf wiedersehen|tschüss|au revoir|adiós|adios|hasta luego"
    r"|arrivederci)"
    r"(?:,? (?:too|everyone|then|and thanks?(?: again)?|thank you))?\W*$",
    re.I,
)
GREETING = re.compile(
    r"^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening)|greetings|welcome|hallo|guten (?:tag"
    r"|morgen|abend)|bonjour|hola|ciao)\b(?: there| everyone| again)?(?=[\s,.!?:;-]|$)",
    re.I,
)
# Said by the user: the matter is settled.
RESOLVED = re.compile(
    r"\b(?:(?:that|this|it|which|you)(?:'s| has| have|'ve)? (?:just |really |finally |all )?"
    r"(?:solved|fixed|worked|resolved|did (?:it|the trick)|does it|helped(?: a lot)?|answers? my"
    r"|answered my|cleared (?:it|that|things) up)"
    r"|(?:it|everything|that) (?:works|is working|is fixed|is solved|runs|is running|is clear)"
    r"(?: now| again| fine| perfectly| great)*"
    r"|(?:problem|issue|question|matter) (?:is |was |has been )?(?:now )?"
    r"(?:solved|fixed|resolved|answered)"
    r"|(?:that|this) is (?:exactly |all |just )?(?:what|everything|all)"
    r" i (?:needed|need|was looking for)"
    r"|that(?:'s| is| will be| would be)(?: really)? all(?: i (?:need|needed|wanted))?"
    r"(?: for (?:now|today))?|no(?: more| further)? (?:more )?questions"
    r"|i(?:'m| am) all set|makes sense now|i understand now"
    r"|das (?:hat geholfen|war(?:'s| alles)|funktioniert(?: jetzt)?))\b",
    re.I,
)
# One of these words is in each of them, or one of those that say little and one of the phrases.
SETTLED = frozenset(
    {
        "solved", "fixed", "worked", "resolved", "helped", "answers", "answered", "cleared",
        "works", "runs", "geholfen", "funktioniert",
    }
)  # fmt: skip
# By the word that they have.
PHRASES = {
    "did": ("did it", "did the trick"),
    "does": ("does it",),
    "answer": ("answer my",),
    "working": ("is working",),
    "running": ("is running",),
    "clear": ("is clear",),
    "need": (" i need",),
    "needed": (" i need",),
    "looking": (" i was looking for",),
    "all": ("s all", "be all", "really all", "i am all set", "'m all set"),
    "questions": ("no questions", "more questions", "further questions"),
    "sense": ("sense now",),
    "understand": ("understand now",),
    "war": ("das war",),
}
FAINT = frozenset(PHRASES)
NOT = re.compile(
    r"\b(?:not|n't|never|no longer|hardly|unless|until|if|once|whether|when|hasn't|didn't|has it"
    r"|did|would|could|how|why|what)\b[^.!?]{0,30}$",
    re.I,
)
THANKS = re.compile(r"\b(?:thanks?|thank you|thx|cheers|danke|merci|gracias|grazie)\b", re.I)
# Said by the user at the end: it was of no use.
FAILED = re.compile(
    r"\b(?:(?:still|it) (?:does(?:n't| not)|is(?:n't| not)|won't|can't) (?:work|help|start"
    r"|turn|open|solve|fixed|solved)\w*|still (?:not|broken|the same|no|don't|have(?:n't)?|doesn't"
    r"|can't|unclear|confused|nothing|getting|stuck)"
    r"|(?:that|this|it) (?:did(?:n't| not)|does(?:n't| not)"
    r"|has(?:n't| not)) (?:help|work|solve|fix|answer|change)\w*|no luck|i give up|never ?mind"
    r"|forget (?:it|about it)|(?:not|isn't|wasn't) (?:what i (?:asked|wanted|needed)|helpful)"
    r"|you(?:'re| are) not helping|waste of (?:my )?time|i(?:'ll| will) (?:ask|try|call|look|go)"
    r" (?:somewhere|someone|somebody|elsewhere))\b",
    re.I,
)
REFUSED = re.compile(
    r"\b(?:i(?:'m| am) (?:sorry|afraid),? (?:but )?i (?:can(?:'t|not)|am (?:unable|not able)|don't)"
    r"|i (?:can(?:'t|not)|am unable to|am not able to) (?:help|assist|do that|answer))\b",
    re.I,
)


TAIL = 120
# Every goodbye ends with one of these words.
LAST_WORDS = frozenset(
    {
        "bye", "goodbye", "farewell", "you", "ya", "later", "soon", "then", "around", "time",
        "tomorrow", "day", "evening", "weekend", "night", "afternoon", "one", "week", "ahead",
        "care", "yourself", "wiedersehen", "tschüss", "revoir", "adiós", "adios", "luego",
        "arrivederci", "too", "everyone", "thank", "thanks", "again",
    }
)  # fmt: skip


@lru_cache(maxsize=1024)
def goodbye_in(text: str) -> tuple[int, int] | None:
    """Where `text` says goodbye at its end; None where it does not.

    Example:
        >>> goodbye_in("It is late. Bye!"), goodbye_in("Bye and large, no.")
        ((12, 16), None)
    """
    words = words_of(text)
    if not words or words[-1].rpartition("'")[2] not in LAST_WORDS:
        return None
    tail = text[-TAIL:]
    found = GOODBYE.search(tail)
    return (len(text) - len(tail) + found.start(), len(text)) if found else None


@lru_cache(maxsize=1024)
def says_resolved(text: str) -> re.Match[str] | None:
    """Where `text` says that the matter is settled; None where it does not.

    Example:
        >>> bool(says_resolved("Thanks, that solved it!")), bool(says_resolved("Is it solved?"))
        (True, False)
        >>> bool(says_resolved("I wish that I knew whether it works now."))
        False
    """
    keys = keys_of(text)
    if SETTLED.isdisjoint(keys):
        phrases = (phrase for word in FAINT & keys for phrase in PHRASES[word])
        if not any(map(lowered(text).__contains__, phrases)):
            return None
    for found in RESOLVED.finditer(text):
        rest = re.split(r"[.!\n]", text[found.end() :], maxsplit=1)[0]
        if not NOT.search(text[: found.start()]) and "?" not in rest:
            return found
    return None
