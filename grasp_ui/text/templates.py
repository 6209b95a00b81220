"""Texts with places for variables, `{name}` or `{critique.reason}`, or Jinja."""

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from grasp_ui.errors import GraspError

Template = Callable[[Mapping[str, Any]], str]
PLACE = re.compile(r"\{([^\W\d]\w*(?:\.\w+)*)\}")


class UnknownVariable(GraspError):
    """A text names a variable that is not there."""


class InvalidTemplate(GraspError):
    """A Jinja text cannot be read, or failed while it was filled in."""


def placeholders(text: str, *, jinja: bool = False) -> frozenset[str]:
    """The variables that `text` names, as written: `critique.reason` keeps its dots.

    With `jinja`, root names only.

    Raises:
        InvalidTemplate: `text` is not Jinja.

    Example:
        >>> sorted(placeholders('{"json": {topic}, "why": "{critique.reason}", {1} {}}'))
        ['critique.reason', 'topic']
    """
    if jinja:
        # Imported late: few graphs use Jinja, and every page reads templates.
        from grasp_ui.text.sandbox import jinja_names

        return jinja_names(text)
    return frozenset(PLACE.findall(text))


def template(
    text: str, *, jinja: bool = False, optional: Collection[str] = frozenset()
) -> Template:
    """Read `text` once; what comes back fills it with variables.

    Every brace that does not close around a name stays, and what was filled in is never read
    again. Values that are not text are written as JSON. The filling raises `UnknownVariable`
    where a name has no value; for the `optional` ones nothing is filled in then.

    Raises:
        InvalidTemplate: `text` is not Jinja.

    Example:
        >>> template("Is {topic} {a: 1}? {seen.times}")({"topic": "{x}", "seen": {"times": 2}})
        'Is {x} {a: 1}? 2'
        >>> template("So: {critique.reason}", optional=["critique"])({})
        'So: '
    """
    if jinja:
        # Imported late: few graphs use Jinja, and every page reads templates.
        from grasp_ui.text.sandbox import jinja_template

        return jinja_template(text, optional=optional)
    paths = [path_of(name) for name in PLACE.findall(text)]
    if not paths:
        return lambda variables: text
    form = PLACE.sub("%s", text.replace("%", "%%"))
    if not any(path[0] in optional for path in paths):
        return lambda variables: form % tuple([plain(look_up(variables, path)) for path in paths])

    def fill(variables: Mapping[str, Any]) -> str:
        missing = {name for name in optional if name not in variables}
        found = ["" if p[0] in missing else plain(look_up(variables, p)) for p in paths]
        return form % tuple(found)

    return fill


def path_of(name: str) -> tuple[str, ...]:
    """`critique.reason` as its steps."""
    return tuple(name.split("."))


def look_up(variables: Mapping[str, Any], path: Sequence[str]) -> Any:
    """The value at the end of `path`; steps go into mappings, numbers into lists.

    Raises:
        UnknownVariable: a step leads nowhere; the message says which, and what there is.
    """
    if len(path) == 1 and path[0] in variables:
        return variables[path[0]]
    found: Any = variables
    for depth, step in enumerate(path):
        try:
            found = found[int(step)] if isinstance(found, list | tuple) else found[step]
        except (KeyError, IndexError, TypeError, ValueError):
            raise UnknownVariable(_complaint(path, depth, found)) from None
    return found


def plain(value: Any) -> str:
    """`value` as it stands in a text: text as it is, all else as JSON.

    Example:
        >>> plain("é"), plain(4), plain(0.5), plain(True), plain(["a", None])
        ('é', '4', '0.5', 'true', '["a", null]')
    """
    if isinstance(value, str):
        return value
    if type(value) is int:
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def _complaint(path: Sequence[str], depth: int, found: Any) -> str:
    name = ".".join(path)
    if not depth:
        return f"The variable '{name}' has no value here. Nothing that ran before wrote it."
    owner = ".".join(path[:depth])
    if isinstance(found, Mapping):
        return f"'{name}' is not there: '{owner}' has {', '.join(map(str, found)) or 'nothing'}."
    if isinstance(found, list | tuple):
        return f"'{name}' is not there: '{owner}' is a list of {len(found)}; write {owner}.0."
    return f"'{name}' is not there: '{owner}' is {type(found).__name__}, which has no parts."
