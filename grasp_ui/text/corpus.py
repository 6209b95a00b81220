"""The port of what is known of other texts: add one, ask for its like."""

from typing import NamedTuple, Protocol


class Near(NamedTuple):
    """A text by its name, and how alike it is: the Jaccard index of both, from 0 to 1."""

    name: str
    likeness: float


class Corpus(Protocol):
    """Texts in order of arrival; what is asked is asked of those already there."""

    def add(self, name: str, text: str) -> None:
        """One more text under `name`; it is behind all others."""

    def same(self, text: str) -> str | None:
        """The first that is the same but for form, white space and case; None without one."""

    def near(self, text: str, *, least: float) -> Near | None:
        """One that is alike from `least` on, the likeliest first; None without one."""
