"""What tagging changed: tags that are new, changed, or taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grasp_ui.model.tag import Tag

TAKEN_BACK = "taken_back"
"""In the evidence of a tag that takes an older one back: why."""


@dataclass(frozen=True, slots=True)
class Changed:
    """How many tags were appended, by what they change."""

    new: int = 0
    changed: int = 0
    taken_back: int = 0

    @property
    def all(self) -> int:
        """Every tag that was appended."""
        return self.new + self.changed + self.taken_back

    def plus(self, added: Iterable[Tag], known: Sequence[Tag]) -> "Changed":
        """With `added` to what was `known` of the same conversation.

        Example:
            >>> Changed(1, 2, 3).plus([], [])
            Changed(new=1, changed=2, taken_back=3)
        """
        before, counts = {_key(tag) for tag in known}, self
        for tag in added:
            if TAKEN_BACK in tag.evidence:
                counts = replace(counts, taken_back=counts.taken_back + 1)
            elif _key(tag) in before:
                counts = replace(counts, changed=counts.changed + 1)
            else:
                counts = replace(counts, new=counts.new + 1)
        return counts


def _key(tag: Tag) -> tuple[Any, ...]:
    return tag.target, tag.name, tag.element, tag.source, tag.author
