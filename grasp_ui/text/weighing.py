"""What filling a Jinja text takes: counted, and ended where it is too much."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jinja2 import nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.visitor import NodeTransformer

WORK = 5_000_000
"""What one filling may take: turns of loops, calls, and letters that are made on the way."""
LONGEST = 1_000_000
"""The largest width that a filter or a method may be given: it makes large texts of small ones."""
LEFT = "work left"
"""The hidden variable that counts down; no text can name it, for its space."""
_CALL = 50
_GROWING = (nodes.Filter, nodes.Concat, nodes.Add, nodes.Call)
_LONG = (str, list, tuple, dict, range)
_WIDTH = re.compile(r"\d{7,}")
_WIDTH_GIVEN = re.compile(r"%[^a-zA-Z%]*\*|\{[^{}]*\{")
"""In a format: a width that is an argument."""
_WIDE = frozenset((
    "batch", "center", "expandtabs", "indent", "ljust", "rjust", "round", "slice", "to_bytes",
    "tojson", "truncate", "wordwrap", "zfill",
))  # fmt: skip
"""Filters and methods whose numbers are widths, or as dear."""
_LITERAL = (nodes.List, nodes.Dict)
_TURNS, _SIZE, _DEPTH, _SEARCH = (
    "counted turns", "counted size", "counted depth", "counted search",
)  # fmt: skip


class Weighing(NodeTransformer):
    """Lets loops count their turns, and whatever makes texts or lists their length."""

    def visit(self, node: Any, *_: Any, **__: Any) -> Any:
        """`node`, weighed where it can take long or grow."""
        if isinstance(node, nodes.CallBlock):  # Jinja wants its call bare
            self.generic_visit(node.call)
            node.body = [self.visit(one) for one in node.body]
            return node
        self.generic_visit(node)
        if isinstance(node, nodes.For):
            fixed = sum(len(text.data) for text in node.find_all(nodes.TemplateData))
            node.iter = _counted(node.iter, _TURNS, nodes.Const(1 + fixed))
        if isinstance(node, nodes.Filter) and node.node is not None:
            node.node = _counted(node.node, _SIZE)
        if isinstance(node, nodes.Operand) and node.op in ("in", "notin"):
            node.expr = _counted(node.expr, _SEARCH)
        if isinstance(node, nodes.Test) and node.name == "in":
            node.args = [_counted(one, _SEARCH) for one in node.args]
        return _counted(node, _SIZE) if isinstance(node, _GROWING) else _literal(node)


def weigh_call(
    context: Context, what: Any, given: Iterable[Any], named: Mapping[str, Any]
) -> list[Any]:
    """Count a call of `what`; what comes back are the arguments to call it with."""
    owner = getattr(getattr(what, "__wrapped__", what), "__self__", None)
    take(context, _CALL + (len(owner) // 16 if isinstance(owner, _LONG) else 0))
    arguments = list(given)
    if owner is not None:
        check_widths(what.__name__, owner, (*arguments, *named.values()))
    if isinstance(what, LoopContext) and arguments:  # a loop within itself
        arguments[0] = counted_turns(context, arguments[0], 1)
    return arguments


def check_widths(name: str, shaped: Any, given: Iterable[Any]) -> None:
    """Refuse to call the filter or method `name` of `shaped` for millions of letters."""
    is_format = name.startswith("format") and isinstance(shaped, str)
    is_wide = name in _WIDE or (is_format and _WIDTH_GIVEN.search(shaped) is not None)
    if is_wide and any(isinstance(one, int | float) and abs(one) > LONGEST for one in given):
        raise SecurityError(f"'{name}' takes no number above {LONGEST}: give it a smaller one")
    if is_format and _WIDTH.search(shaped):
        raise SecurityError(f"a format may not ask for {LONGEST} letters or more")


def take(context: Context, work: int) -> None:
    """Count `work`; where no more is left, the text fails."""
    left = context.parent[LEFT]
    left[0] -= work
    if left[0] < 0:
        raise SecurityError(
            f"it takes too much work: more than {WORK} turns of loops and letters. "
            "Loop over less, or leave out a loop within a loop"
        )


@pass_context
def counted_turns(context: Context, many: Iterable[Any], weight: int) -> Iterator[Any]:
    """The items of `many`, of which each takes `weight`."""
    for one in many:
        take(context, weight)
        yield one


@pass_context
def counted_size(context: Context, made: Any) -> Any:
    """`made`, which takes as much as it is long; an iterator, as its items are taken."""
    if isinstance(made, Iterator) and not isinstance(made, LoopContext):
        return _items(context, made)
    if isinstance(made, _LONG):
        take(context, len(made))
    return made


@pass_context
def counted_depth(context: Context, made: Any) -> Any:
    """`made`, which takes as much as all that stands in it, however often."""
    left = [made]
    while left:
        one = left.pop()
        if isinstance(one, list | tuple | dict):
            take(context, len(one))
            left.extend(one.values() if isinstance(one, dict) else one)
    return made


@pass_context
def counted_search(context: Context, many: Any) -> Any:
    """`many`, in which something is looked for."""
    take(context, len(many) // 16 if isinstance(many, _LONG) else 1)
    return many


COUNTING = {
    _TURNS: counted_turns, _SIZE: counted_size, _DEPTH: counted_depth, _SEARCH: counted_search,
}  # fmt: skip


def _literal(node: Any) -> Any:
    """A list or the like, weighed: in itself it may hold a large one many times."""
    is_read = isinstance(node, nodes.Tuple) and node.ctx == "load"
    return _counted(node, _DEPTH) if is_read or isinstance(node, _LITERAL) else node


def _items(context: Context, many: Iterator[Any]) -> Iterator[Any]:
    for one in many:
        take(context, 1 + (len(one) if isinstance(one, str) else 0))
        yield one


def _counted(what: Any, how: str, *given: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(what, how, list(given), [], None, None, lineno=what.lineno)
