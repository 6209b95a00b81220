"""Conditions: `score < 4 and mood in ["calm", "glad"]`, read once, asked often."""

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

from grasp_ui.errors import GraspError
from grasp_ui.text.templates import look_up

Condition = Callable[[Mapping[str, Any]], bool]
_Read = Callable[[Mapping[str, Any]], Any]
LONGEST = 1000
WORDS = {"true": True, "false": False, "null": None, "none": None}
COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.In: lambda item, box: item in box,
    ast.NotIn: lambda item, box: item not in box,
}


class InvalidCondition(GraspError):
    """A condition cannot be read; `position` counts its characters from 0."""

    def __init__(self, what: str, position: int = 0) -> None:
        self.position = position
        super().__init__(f"{what} (at character {position + 1})")


class ConditionFailed(GraspError):
    """A condition met values that it cannot compare."""


def condition(text: str) -> Condition:
    """Read `text` once; what comes back says whether it holds for some variables.

    Comparisons, `and`, `or`, `not`, `in`, numbers, texts, lists, dotted names and `[0]`;
    nothing is ever called. A comparison with nothing (`None`, or a variable that was not
    written) is false. The asking raises `UnknownVariable` where an object lacks the part
    named, and `ConditionFailed` where values cannot be compared.

    Raises:
        InvalidCondition: `text` is something else; the message says what and where.

    Example:
        >>> holds = condition("critique.score < 4 and mood in ['calm', 'glad']")
        >>> holds({"critique": {"score": 3}, "mood": "calm"}), holds({"mood": "calm"})
        (True, False)
    """
    read = _compiled(_parsed(text))

    def holds(variables: Mapping[str, Any]) -> bool:
        try:
            return bool(read(variables))
        except TypeError as error:
            raise ConditionFailed(f"'{text}' cannot be decided: {error}.") from error

    return holds


def condition_names(text: str) -> frozenset[str]:
    """The variables that a condition names, with their dots.

    Raises:
        InvalidCondition: `text` cannot be read.

    Example:
        >>> sorted(condition_names("critique.score < 4 or not done and scores[0] > 1"))
        ['critique.score', 'done', 'scores.0']
    """
    names: set[str] = set()
    tree = _parsed(text)
    _compiled(tree)
    _collect(tree, names)
    return frozenset(names)


def _parsed(text: str) -> ast.expr:
    if not text.strip():
        raise InvalidCondition("Expected a condition, such as `score < 4`")
    if len(text) > LONGEST:
        raise InvalidCondition(f"The condition is longer than {LONGEST} characters", LONGEST)
    bare = text.replace("\n", " ").strip()
    indent = len(text) - len(text.lstrip())
    try:
        tree = ast.parse(bare, mode="eval").body
    except SyntaxError as error:
        position = error.offset - 1 if error.offset else len(bare)
        what = f"The condition cannot be read: {error.msg}"
        raise InvalidCondition(what, indent + min(position, len(bare))) from None
    except (RecursionError, MemoryError, ValueError) as error:
        raise InvalidCondition(f"The condition cannot be read: {error}") from None
    _count_characters(tree, bare, indent)
    return tree


def _count_characters(tree: ast.expr, bare: str, indent: int) -> None:
    """Let columns count characters of the whole text: Python counts bytes."""
    encoded = bare.encode()
    for node in ast.walk(tree):
        if isinstance(node, ast.expr):
            node.col_offset = indent + len(encoded[: node.col_offset].decode(errors="ignore"))


def _collect(node: ast.expr, names: set[str]) -> None:
    path = _path(node)
    if path is not None:
        names.add(".".join(path))
        return
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            _collect(child, names)


def _compiled(node: ast.expr) -> _Read:
    match node:
        case ast.Constant(value=str() | int() | float() | None):
            value = node.value
            return lambda variables: value
        case ast.Name() | ast.Attribute() | ast.Subscript():
            return _variable(node)
        case ast.List() | ast.Tuple():
            items = [_compiled(item) for item in node.elts]
            return lambda variables: [item(variables) for item in items]
    return _operation(node)


def _operation(node: ast.expr) -> _Read:
    match node:
        case ast.BoolOp():
            return _joined(node)
        case ast.Compare():
            return _compared(node)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            denied = _compiled(inner)
            return lambda variables: not denied(variables)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return lambda variables: -number
    raise InvalidCondition(f"'{ast.unparse(node)}' is not allowed in a condition", node.col_offset)


def _variable(node: ast.expr) -> _Read:
    path = _path(node)
    if path is None:
        if isinstance(node, ast.Name):
            word = WORDS[node.id]
            return lambda variables: word
        raise InvalidCondition(f"'{ast.unparse(node)}' is not a variable", node.col_offset)
    root, rest = path[0], path[1:]
    if not rest:
        return lambda variables: variables.get(root)

    def read(variables: Mapping[str, Any]) -> Any:
        found = variables.get(root)
        return None if found is None else look_up(variables, path)

    return read


def _path(node: ast.expr) -> tuple[str, ...] | None:
    """The steps of a dotted name; None for all else, and for the words for constants."""
    match node:
        case ast.Name(id=name):
            return None if name in WORDS else (name,)
        case ast.Attribute(value=owner, attr=part):
            path = _path(owner)
            return None if path is None else (*path, part)
        case ast.Subscript(value=owner, slice=ast.Constant(value=int() | str() as part)):
            path = _path(owner)
            return None if path is None or isinstance(part, bool) else (*path, str(part))
    return None


def _joined(node: ast.BoolOp) -> _Read:
    parts = [_compiled(part) for part in node.values]
    decide = all if isinstance(node.op, ast.And) else any
    return lambda variables: decide(part(variables) for part in parts)


def _compared(node: ast.Compare) -> _Read:
    for kind in node.ops:
        if type(kind) not in COMPARISONS:
            raise InvalidCondition("'is' is not allowed; write '=='", node.col_offset)
    sides = [_compiled(side) for side in (node.left, *node.comparators)]
    tests = [COMPARISONS[type(kind)] for kind in node.ops]

    def holds(variables: Mapping[str, Any]) -> bool:
        values = [side(variables) for side in sides]
        if None in values:
            return False
        return all(
            test(left, right) for test, left, right in zip(tests, values, values[1:], strict=False)
        )

    return holds
