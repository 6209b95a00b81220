"""Personal data in a text: where it stands, its kind, and the text without it."""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

Kind = Literal["email", "phone", "credit_card", "iban", "ssn", "national_id", "ip_address"]

# What pygarble calls them. Not its phones, which miss grouped and invented numbers, and not its
# IPv4, which a full stop hides.
KINDS: dict[str, Kind] = {
    "email": "email",
    "credit_card": "credit_card",
    "iban": "iban",
    "ssn_us": "ssn",
    "nino": "national_id",
    "aadhaar": "national_id",
    "ipv6": "ip_address",
}
# No person has these: reserved for examples (RFC 2606), or written as an example.
EXAMPLE_DOMAIN = re.compile(
    r"(?:^|[.@])(?:example\.(?:com|org|net|edu|co\.uk)|(?:your|my|some)[-_]?(?:company|domain"
    r"|website|site|email|organi[sz]ation|store|business)\.\w+|domain\.(?:com|tld)"
    r"|(?:test|example|invalid|localhost|local))$",
    re.I,
)
IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\w)")
PUBLIC_RESOLVERS = frozenset({"8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9"})
VERSION = re.compile(r"(?:\bv|\bversions?|\brelease|\bbuild)[ :.]*$", re.I)
PHONE = re.compile(
    r"(?<![\w+.,/$€£-])(?:"
    r"\+[1-9](?:[ ().-]{0,2}\d){7,14}"  # international, grouped as people do
    r"|(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[.-])\d{3}[ .-]\d{4}"  # North American
    r"|[2-9]\d{2} \d{3}[ -]\d{4}"
    r"|0[1-9]\d{1,3}[ /-](?:\d{3,4}[ -]?\d{3,5}|\d{6,8})"  # British and German, the area first
    r"|0[1-9](?:[ .]\d{2}){4}"  # French
    r")(?![\w-]|[.,/]\d)"
)
NAMED_PHONE = re.compile(
    r"\b(?:phone|telephone|tel|mobile|cell|call me (?:at|on)|call (?:at|on)|whatsapp|fax|telefon"
    r"|handy|téléphone|teléfono|telefono|numéro)\b[^\n\d+]{0,20}"
    r"((?:[ ()./-]{0,2}\d){7,15})(?![\w-])",
    re.I,
)
# One of these is in each word for it; so far before its digits the word begins.
NAMES_OF_PHONE = ("phone", "tel", "mobile", "cell", "call", "whatsapp", "fax", "handy", "numéro")
BEFORE_PHONE = 40
NO_DIGITS = bytes(code for code in range(256) if chr(code) not in "0123456789")
# So many digits has the shortest address of a network, and so many every other number.
LEAST_OF_ADDRESS, LEAST_OF_NUMBER = 4, 6
# A run that every number has: mere years, prices and counts have none.
NUMBERISH = re.compile(r"\d(?:[ ().:/-]{0,2}\d){5}")
# What every piece of a kind holds; each begins with characters that a search leaps to.
MAILISH = re.compile(r"@(?<=[\w.%+-]@)[A-Za-z0-9-]")
IPV4ISH = re.compile(r"\d\.\d{1,3}\.\d{1,3}\.\d")
IPV6ISH = re.compile(r":(?<=[\da-fA-F]:)[\da-fA-F]{0,4}:")
PHONISH = re.compile(r"\d(?:[ ()./-]{0,2}\d){6}")
ISH: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (MAILISH, frozenset({"email"})),
    (re.compile(r"\d(?:[-\s]?\d){8}"), frozenset({"credit_card", "ssn_us", "aadhaar"})),
    (
        re.compile(r"\d(?:(?<=[A-Z]{2}\d)|(?<=[A-Z]{2} \d))\d ?[A-Z0-9]{2}"),
        frozenset({"iban", "nino"}),
    ),
    (re.compile(r":[\da-fA-F]{0,4}:"), frozenset({"ipv6"})),
)


class Piece(NamedTuple):
    """One piece of personal data; it stands at [start, end) of the text."""

    kind: Kind
    start: int
    end: int
    text: str


def found(text: str) -> list[Piece]:
    """The personal data in `text`, in order, none inside of another.

    Mail addresses (not of domains reserved for examples), phone numbers, payment cards (Luhn),
    IBANs (mod 97), US social security numbers, national ids of the United Kingdom and India,
    public IP addresses.

    Example:
        >>> [(piece.kind, piece.text) for piece in found("Write to ada@lovelace.org.")]
        [('email', 'ada@lovelace.org')]
        >>> found("The year 1984, chapter 3.14")
        []
    """
    return list(_found(text)) if _may_hold(text) else []


def redacted(text: str) -> str:
    """`text` with each piece of personal data replaced by its kind.

    Example:
        >>> redacted("Call +49 30 901820 or write to ada@lovelace.org.")
        'Call [PHONE] or write to [EMAIL].'
    """
    # What is left of a piece may be one itself, where two stood side by side.
    while pieces := found(text):
        for piece in reversed(pieces):
            text = f"{text[: piece.start]}[{piece.kind.upper()}]{text[piece.end :]}"
    return text


def _may_hold(text: str) -> bool:
    """A cheap look: most texts have neither an @ nor the digits of any number."""
    if "@" in text and MAILISH.search(text):
        return True
    digits = len(text.encode("ascii", "ignore").translate(None, NO_DIGITS))
    if digits < LEAST_OF_ADDRESS:
        return False
    if digits >= LEAST_OF_NUMBER and NUMBERISH.search(text):
        return True
    return _may_hold_address(text)


def _may_hold_address(text: str) -> bool:
    if text.count(".") >= 3 and IPV4ISH.search(text):
        return True
    return text.count(":") >= 2 and IPV6ISH.search(text) is not None


@lru_cache(maxsize=512)
def _found(text: str) -> tuple[Piece, ...]:
    return tuple(_apart([*_structured(text), *_phones(text)]))


def _apart(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces in order; of those that overlap the longest."""
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda one: (one.start - one.end, one.start)):
        if all(piece.end <= other.start or other.end <= piece.start for other in kept):
            kept.append(piece)
    yield from sorted(kept, key=lambda one: one.start)


def _structured(text: str) -> Iterator[Piece]:
    likely = frozenset(kind for form, kinds in ISH if form.search(text) for kind in kinds)
    told = _detector(likely).detect(text) if likely else ()
    spans = [(KINDS[one.kind], one.start, one.end) for one in told]
    if IPV4ISH.search(text):
        spans += [("ip_address", *match.span()) for match in IPV4.finditer(text)]
    for kind, start, end in spans:
        piece = Piece(kind, start, end, text[start:end])
        if _is_somebodys(piece, text):
            yield piece


def _is_somebodys(piece: Piece, text: str) -> bool:
    """Whether it may be a person's: no example, no version number, no local address."""
    if piece.kind == "email":
        return not EXAMPLE_DOMAIN.search(piece.text)
    if piece.kind == "ip_address":
        is_version = VERSION.search(text, max(0, piece.start - 12), piece.start)
        return not is_version and _is_public(piece.text)
    return True


def _is_public(address: str) -> bool:
    try:
        return address not in PUBLIC_RESOLVERS and ipaddress.ip_address(address).is_global
    except ValueError:
        return False


def _phones(text: str) -> Iterator[Piece]:
    digits = PHONISH.search(text)
    if digits is None:
        return
    # What stands before the first digits, and a word for it.
    spans = [match.span() for match in PHONE.finditer(text, max(0, digits.start() - 1))]
    if any(map(text.lower().__contains__, NAMES_OF_PHONE)):
        named = NAMED_PHONE.finditer(text, max(0, digits.start() - BEFORE_PHONE))
        spans += [match.span(1) for match in named]
    for start, end in spans:
        said = text[start:end]
        start += len(said) - len(said.lstrip())
        if 7 <= sum(map(str.isdigit, said)) <= 15:
            yield Piece("phone", start, end, text[start:end])


@cache
def _detector(kinds: frozenset[str]) -> Any:
    # It compiles its patterns when imported: only where a text may hold something.
    from pygarble.screening.pii import PIIDetector

    return PIIDetector(kinds=kinds)
