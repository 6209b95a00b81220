"""Texts in a normal form: Unicode, white space, quotes, case, code fences."""

import re
import unicodedata
from typing import Literal

Unicode = Literal["NFC", "NFKC", "keep"]
Spaces = Literal["one_line", "lines", "keep"]
Case = Literal["keep", "lower", "upper", "first_upper"]
QUOTES = str.maketrans("“”„«»‘’‚‛", '"""""\'\'\'\'')
PAIRS = {'"': '"', "'": "'", "“": "”", "„": "“", "‘": "’", "«": "»", "`": "`"}
FENCED = re.compile(r"\s*```[^\n`]*\n(.*?)\n?```\s*", re.DOTALL)
WITHIN_LINE = re.compile(r"[^\S\n]+")
MANY_BREAKS = re.compile(r"\n{3,}")


def with_spaces(text: str, spaces: Spaces) -> str:
    r"""`text` with its white space brought in order.

    `one_line` makes every run of it one space; `lines` keeps line breaks, at most one empty line
    at a place.

    Example:
        >>> with_spaces(" a\t b \n\n\n\n c ", "lines"), with_spaces(" a\n\n b ", "one_line")
        ('a b\n\nc', 'a b')
    """
    if spaces == "keep":
        return text
    if spaces == "one_line":
        return " ".join(text.split())
    lines = WITHIN_LINE.sub(" ", text.replace("\r\n", "\n")).split("\n")
    return MANY_BREAKS.sub("\n\n", "\n".join(line.strip() for line in lines)).strip()


def with_case(text: str, case: Case) -> str:
    """`text` in lower or upper case, or with its first letter upper.

    Example:
        >>> with_case("say it", "first_upper"), with_case("A", "lower")
        ('Say it', 'a')
    """
    match case:
        case "lower":
            return text.lower()
        case "upper":
            return text.upper()
        case "first_upper":
            return text[:1].upper() + text[1:]
        case _:
            return text


def with_unicode(text: str, form: Unicode) -> str:
    """`text` in a Unicode normal form.

    Example:
        >>> with_unicode("ﬁn", "NFKC"), len(with_unicode("e\u0301", "NFC"))
        ('fin', 1)
    """
    return text if form == "keep" else unicodedata.normalize(form, text)


def straight_quotes(text: str) -> str:
    """`text` with typographic quotation marks and apostrophes made plain.

    Example:
        >>> print(straight_quotes("“It’s”"))
        "It's"
    """
    return text.translate(QUOTES)


def unwrapped(text: str) -> str:
    r"""`text` without the code fence or the quotation marks around the whole of it.

    Example:
        >>> unwrapped('```text\nHello\n```'), unwrapped(' "Hello" '), unwrapped('"a" and "b"')
        ('Hello', 'Hello', '"a" and "b"')
    """
    fenced = FENCED.fullmatch(text)
    bare = fenced[1] if fenced and "```" not in fenced[1] else text
    inner = bare.strip()
    closing = PAIRS.get(inner[:1])
    if closing and len(inner) > 1 and inner.endswith(closing):
        inside = inner[1:-1]
        if closing not in inside and inner[0] not in inside:
            return inside.strip()
    return bare


def compared(text: str) -> str:
    """What `text` is compared by: letters and digits in one case, single spaces.

    Example:
        >>> compared(" **Very-Good!** "), compared("N/A"), compared("C++")
        ('very good', 'n a', 'c++')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(" " if _is_punctuation(sign) else sign for sign in plain).split())


def _is_punctuation(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PZC"
