"""Values with places for variables in their texts: `{score: 4, of: "{names}"}`."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from grasp_ui.text.templates import PLACE, look_up, path_of, placeholders, template

ValueTemplate = Callable[[Mapping[str, Any]], Any]


def value_template(
    written: Any, *, jinja: bool = False, optional: Collection[str] = ()
) -> ValueTemplate:
    """Read a value once; what comes back fills the texts in it, at any depth.

    A text that is nothing but `{name}` becomes the variable's own value with its type; other
    texts stay texts. The filling raises `UnknownVariable` where a name has no value; one of the
    `optional` then is None by itself, and nothing in a text.

    Raises:
        InvalidTemplate: a Jinja text cannot be read.

    Example:
        >>> fill = value_template({"n": 1, "all": ["{names}", "by {names.0}"]})
        >>> fill({"names": ["Ann", "Bo"]})
        {'n': 1, 'all': [['Ann', 'Bo'], 'by Ann']}
    """

    def read(part: Any) -> ValueTemplate:
        return value_template(part, jinja=jinja, optional=optional)

    match written:
        case str():
            whole = None if jinja else PLACE.fullmatch(written)
            if whole is None:
                return template(written, jinja=jinja, optional=frozenset(optional))
            return _whole(path_of(whole[1]), optional)
        case dict():
            parts = {key: read(part) for key, part in written.items()}
            return lambda variables: {key: fill(variables) for key, fill in parts.items()}
        case list() | tuple():
            items = [read(part) for part in written]
            return lambda variables: [fill(variables) for fill in items]
        case _:
            return lambda variables: written


def _whole(path: tuple[str, ...], optional: Collection[str]) -> ValueTemplate:
    root = path[0]
    if root not in optional:
        return lambda variables: look_up(variables, path)
    return lambda variables: look_up(variables, path) if root in variables else None


def value_names(written: Any, *, jinja: bool = False) -> frozenset[str]:
    """The variables that the texts in a value name, as written.

    Raises:
        InvalidTemplate: a Jinja text cannot be read.

    Example:
        >>> sorted(value_names({"a": ["{x}", 4], "b": "of {y.z}"}))
        ['x', 'y.z']
    """
    match written:
        case str():
            return placeholders(written, jinja=jinja)
        case dict():
            return frozenset().union(*(value_names(one, jinja=jinja) for one in written.values()))
        case list() | tuple():
            return frozenset().union(*(value_names(one, jinja=jinja) for one in written))
        case _:
            return frozenset()
