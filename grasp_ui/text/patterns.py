"""Regular expressions from files: read once, checked, and stopped in time.

Python's own `re` cannot be stopped: a pattern such as `(a|a)*$` would hold the whole run.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import Any, Protocol

from grasp_ui.errors import GraspError

LONGEST_PATTERN = 1000
LONGEST_TEXT = 1_000_000
MOST_REPEATS = 10_000
SECONDS = 0.5
ESCAPED = re.compile(r"\\.", re.DOTALL)
RECURSION = re.compile(r"\(\?(?:R|&|P>|[+-]?\d)")
REPEAT = re.compile(r"\{(\d+)(?:,\d*)?\}")


class _Pattern(Protocol):
    """What is used of a compiled pattern."""

    @property
    def groups(self) -> int: ...

    @property
    def groupindex(self) -> Mapping[str, int]: ...

    def finditer(self, string: str, *, timeout: float | None) -> Iterator[Any]: ...


class InvalidPattern(GraspError):
    """A regular expression cannot be read, or is refused."""


class PatternFailed(GraspError):
    """A search was stopped; `code` names the reason."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Found:
    """One match: its text (group 1 where there is one), and its named groups."""

    text: str
    groups: dict[str, str]


class Finder:
    """A regular expression, ready to search; see `finder`."""

    def __init__(self, compiled: _Pattern) -> None:
        self._compiled = compiled

    @property
    def names(self) -> tuple[str, ...]:
        """The named groups, in the order in which they open."""
        groups = self._compiled.groupindex
        return tuple(sorted(groups, key=lambda name: groups[name]))

    def find(self, text: str) -> Iterator[Found]:
        """Every match from left to right; groups that took no part are empty.

        Raises:
            PatternFailed: the text is longer than a million characters, or the search took
                more than half a second.
        """
        if len(text) > LONGEST_TEXT:
            raise PatternFailed(
                "text_too_long",
                f"The text has {len(text)} characters; {LONGEST_TEXT} can be searched. Split it.",
            )
        try:
            for match in self._compiled.finditer(text, timeout=SECONDS):
                groups = {name: str(part or "") for name, part in match.groupdict().items()}
                whole = match[1] if self._compiled.groups and not groups else match[0]
                yield Found(str(whole or ""), groups)
        except TimeoutError:
            raise PatternFailed(
                "pattern_too_slow",
                f"The pattern took more than {SECONDS} s on a text of {len(text)} characters. "
                "Make it simpler: no repeats inside of repeats.",
            ) from None


@lru_cache(maxsize=256)
def finder(pattern: str, *, ignore_case: bool = False, dot_all: bool = False) -> Finder:
    r"""Read a regular expression; `^` and `$` also match at line breaks.

    The syntax is Python's (of the package regex).

    Raises:
        InvalidPattern: it cannot be read, is longer than 1,000 characters, calls itself, or
            its counted repeats multiply to more than 10,000.

    Example:
        >>> [one.text for one in finder(r"\d+ (apples|pears)").find("2 apples, 3 pears")]
        ['apples', 'pears']
        >>> next(finder("(?P<who>[a-z]+): (?P<what>.*)").find("ann: hi")).groups
        {'who': 'ann', 'what': 'hi'}
    """
    _check(pattern)
    # Imported late: few graphs search with patterns.
    import regex

    flags = regex.MULTILINE
    flags |= regex.IGNORECASE if ignore_case else 0
    flags |= regex.DOTALL if dot_all else 0
    try:
        return Finder(regex.compile(pattern, flags))
    except (regex.error, ValueError, RecursionError, OverflowError) as error:
        raise InvalidPattern(f"The pattern cannot be read: {error}.") from None


def _check(pattern: str) -> None:
    if not pattern:
        raise InvalidPattern("The pattern is empty.")
    if len(pattern) > LONGEST_PATTERN:
        raise InvalidPattern(f"The pattern is longer than {LONGEST_PATTERN} characters.")
    bare = ESCAPED.sub("", pattern)
    if RECURSION.search(bare):
        raise InvalidPattern("A pattern that calls itself (`(?R)`, `(?1)`) is refused.")
    # Compiled, a fixed repeat is written out: nested ones would fill the memory.
    if prod(int(match[1]) or 1 for match in REPEAT.finditer(bare)) > MOST_REPEATS:
        raise InvalidPattern(f"Its counted repeats multiply to more than {MOST_REPEATS}.")
