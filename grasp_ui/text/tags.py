"""What stands between `<tag>` and `</tag>`, where models are asked to put it."""

import re
from collections.abc import Callable
from functools import lru_cache

TAG_NAME = r"^[A-Za-z_][\w.-]*$"


@lru_cache(maxsize=64)
def tag_reader(tag: str, *, unclosed: bool = False) -> Callable[[str], list[str]]:
    """A function that gives the contents of every `<tag>…</tag>` of a text, in order.

    Upper and lower case are alike, attributes are let pass, white space at the ends is left
    out. Of tags inside of each other the outermost opening and the next closing one count.
    With `unclosed`, a last tag that is not closed reaches to the end: a stop sequence takes the
    closing tag away.

    Example:
        >>> read = tag_reader("answer", unclosed=True)
        >>> read("<think>…</think><answer> 4 </answer> or <Answer id='2'>five")
        ['4', 'five']
        >>> tag_reader("answer")("<answer>4"), read("<answers>4</answers>")
        ([], [])
    """
    opening = re.compile(rf"<{re.escape(tag)}(?:\s[^<>]*)?>", re.IGNORECASE)
    closing = re.compile(rf"</{re.escape(tag)}\s{{0,20}}>", re.IGNORECASE)

    def contents(text: str) -> list[str]:
        found: list[str] = []
        start = opening.search(text)
        while start:
            end = closing.search(text, start.end())
            if end is None:
                return [*found, text[start.end() :].strip()] if unclosed else found
            found.append(text[start.end() : end.start()].strip())
            start = opening.search(text, end.end())
        return found

    return contents
