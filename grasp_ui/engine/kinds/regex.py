"""Regex: what a pattern finds in a text becomes variables."""

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Annotated

from pydantic import Field

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import Flaw, OptionalVariable, Step, node_kind
from grasp_ui.engine.progress import RecordFailed
from grasp_ui.engine.text_source import (
    Fewest,
    Missing,
    TextConfig,
    Which,
    enough,
    excerpt,
    text_reader,
)
from grasp_ui.engine.visit import Visit
from grasp_ui.registry import Look
from grasp_ui.text.patterns import (
    LONGEST_PATTERN,
    Finder,
    Found,
    InvalidPattern,
    PatternFailed,
    finder,
)

MOST_MATCHES = 10_000
Take = Callable[[Visit, str], None]


class RegexConfig(TextConfig):
    """Search a text with a regular expression; named groups become variables."""

    pattern: Annotated[
        str,
        Field(
            title="Pattern",
            description="Python's syntax. `(?P<name>…)` names a variable; group 1, else the "
            "whole match, goes to the variable below.",
            max_length=LONGEST_PATTERN,
        ),
    ] = r"\S+"
    find: Annotated[
        Which,
        Field(title="Find", description="`all` writes a list: texts, or objects of named groups."),
    ] = "first"
    writes: Annotated[
        OptionalVariable,
        Field(title="Variable", description="Empty: `match`, where no group is named."),
    ] = ""
    ignore_case: Annotated[bool, Field(title="Ignore case")] = False
    dot_all: Annotated[
        bool, Field(title="Dot matches line breaks", description="`.` also matches a line break.")
    ] = False
    missing: Missing = "fail"
    fewest: Fewest = 1

    def finder(self) -> Finder:
        """Its pattern, read.

        Raises:
            InvalidPattern: it cannot be read, or is refused.
        """
        return finder(self.pattern, ignore_case=self.ignore_case, dot_all=self.dot_all)

    def names(self) -> tuple[str, ...]:
        """The named groups that become variables of their own."""
        try:
            return self.finder().names if self.find != "all" else ()
        except InvalidPattern:
            return ()

    def variable(self) -> str:
        """The one variable that takes the match or the list, if there is one."""
        return self.writes or ("" if self.names() else "match")

    def variables_written(self) -> frozenset[str]:
        """One for each named group, and one for the match where it is wanted."""
        return frozenset(name for name in (self.variable(), *self.names()) if name)

    def flaws(self) -> Iterator[Flaw]:
        """Its pattern has to be one."""
        try:
            self.finder()
        except InvalidPattern as error:
            yield Flaw("pattern", str(error), "Mend the pattern.")
        for name in self.names():
            if not name.isidentifier():
                what = f"The group '{name}' cannot be a variable."
                yield Flaw("pattern", what, "Use letters, digits and underscores.")


@node_kind(
    "regex",
    config=RegexConfig,
    look=Look(
        "Regex", "What a pattern finds becomes variables.", "Text", "code", "#0369a1", order=1
    ),
)
def regex(config: RegexConfig, bench: Bench) -> Step:
    """Make the step that searches and writes what it finds."""
    read, found = text_reader(config, bench), config.finder()
    take = _list_taker(config, found) if config.find == "all" else _match_taker(config, found)

    async def search(visit: Visit) -> None:
        try:
            take(visit, read(visit))
        except PatternFailed as error:
            raise RecordFailed(error.code, str(error)) from error

    return search


def _list_taker(config: RegexConfig, pattern: Finder) -> Take:
    variable = config.variable()

    def take(visit: Visit, text: str) -> None:
        matches = list(islice(pattern.find(text), MOST_MATCHES))
        enough(matches, 0 if config.missing == "empty" else config.fewest, "matches", text)
        visit.write(variable, [one.groups or one.text for one in matches])

    return take


def _match_taker(config: RegexConfig, pattern: Finder) -> Take:
    variable, names = config.variable(), config.names()

    def take(visit: Visit, text: str) -> None:
        matches = pattern.find(text)
        one = next(matches, None) if config.find == "first" else next(iter(_last(matches)), None)
        if one is None and config.missing == "fail":
            raise RecordFailed(
                "no_match", f"The pattern `{config.pattern}` finds nothing in {excerpt(text)}."
            )
        if variable:
            visit.write(variable, one.text if one else "")
        for name in names:
            visit.write(name, one.groups[name] if one else "")

    return take


def _last(matches: Iterator[Found]) -> deque[Found]:
    return deque(matches, maxlen=1)
