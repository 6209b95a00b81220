"""What filling a Jinja text takes: counted, and ended where it is too much."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.visitor import NodeTransformer

WORK = 5_000_000
"""What one filling may take: turns of loops, calls, and letters that are made on the way."""
LONGEST = 1_000_000
"""The largest number that may be handed to a filter or a method: widths make large texts."""
LEFT = "work left"
"""The hidden variable that counts down; no text can name it, for its space."""
_CALL = 50
_GROWING = (nodes.Filter, nodes.Concat, nodes.Add, nodes.Call)
_LONG = (str, list, tuple, dict, range)
_WIDTH = re.compile(r"\d{7,}")
_TURNS, _SIZE = "counted turns", "counted size"


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
        return _counted(node, _SIZE) if isinstance(node, _GROWING) else node


def weigh_call(context: Context, what: Any, given: Iterable[Any]) -> list[Any]:
    """Count a call of `what`; what comes back are the arguments to call it with."""
    owner = getattr(getattr(what, "__wrapped__", what), "__self__", None)
    take(context, _CALL + (len(owner) // 16 if isinstance(owner, _LONG) else 0))
    if isinstance(owner, str) and what.__name__.startswith("format"):
        check_widths(owner)
    arguments = list(given)
    if isinstance(what, LoopContext) and arguments:  # a loop within itself
        arguments[0] = counted_turns(context, arguments[0], 1)
    return arguments


def check_sizes(given: Iterable[Any]) -> None:
    """Refuse numbers that would make large texts of small ones."""
    if any(isinstance(one, int | float) and abs(one) > LONGEST for one in given):
        raise SecurityError(f"numbers above {LONGEST} are not taken here")


def check_widths(pattern: str) -> None:
    """Refuse a format that asks for millions of letters."""
    if _WIDTH.search(pattern):
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
    """`made`, which takes as much as it is long."""
    if isinstance(made, _LONG):
        take(context, len(made))
    return made


COUNTING = {_TURNS: counted_turns, _SIZE: counted_size}


def _counted(what: Any, how: str, *given: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(what, how, list(given), [], None, None, lineno=what.lineno)
