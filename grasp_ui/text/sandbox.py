"""Jinja texts in a sandbox: no Python objects, no chance, no silent gaps, an end."""

from collections.abc import Callable, Collection, Mapping
from functools import wraps
from traceback import extract_tb
from typing import Any

from jinja2 import ChainableUndefined, StrictUndefined, TemplateError, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from grasp_ui.text.templates import InvalidTemplate, Template, UnknownVariable
from grasp_ui.text.weighing import (
    COUNTING,
    LEFT,
    LONGEST,
    WORK,
    Weighing,
    check_widths,
    counted_size,
    weigh_call,
)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own sandbox, and no way to make a small text large by one operator."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = Weighing().visit(super()._parse(source, name, filename))
        return tree

    def call(*given: Any, **named: Any) -> Any:
        sandbox, context, what, *rest = given
        rest = weigh_call(context, what, rest, named)
        return super(_Sandbox, sandbox).call(context, what, *rest, **named)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if not all(isinstance(side, int | float) and abs(side) < LONGEST for side in (left, right)):
            raise SecurityError(f"'{operator}' works on numbers below {LONGEST} only")
        if operator == "**" and abs(right) > 64:
            raise SecurityError("an exponent above 64 is not allowed")
        return super().call_binop(context, operator, left, right)


def _within_sizes(name: str, taken: Callable[..., Any]) -> Callable[..., Any]:
    at = 1 if hasattr(taken, "jinja_pass_arg") else 0  # what is filtered stands behind that

    @wraps(taken)
    def checked(*given: Any, **named: Any) -> Any:
        check_widths(name, given[at], (*given[at + 1 :], *named.values()))
        if name == "sum" and isinstance((*given[3:], named.get("start"))[0], list | tuple):
            raise SecurityError("'sum' adds numbers; lists are joined with '+'")
        return taken(*given, **named)

    return checked


SANDBOX = _Sandbox(
    undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True,
    finalize=counted_size,
    optimized=False,  # else constants are filled in, and filled up, while a text is read
)  # fmt: skip
# Chance comes from the run's seed alone.
del SANDBOX.globals["lipsum"], SANDBOX.filters["random"]
SANDBOX.filters = {name: _within_sizes(name, taken) for name, taken in SANDBOX.filters.items()}
SANDBOX.filters.update(COUNTING)


_UNREADABLE = (TemplateError, RecursionError, SyntaxError, MemoryError)
"""What reading a text may raise; all but the first are Python's, of a text nested too deeply."""


def jinja_names(text: str) -> frozenset[str]:
    """The variables that a Jinja text needs from outside.

    Raises:
        InvalidTemplate: `text` is not Jinja.
    """
    try:
        return frozenset(meta.find_undeclared_variables(SANDBOX.parse(text)))
    except _UNREADABLE as error:
        raise InvalidTemplate(_said(error)) from error


def jinja_template(text: str, *, optional: Collection[str] = frozenset()) -> Template:
    """Read a Jinja text once; what comes back fills it with variables.

    An `optional` variable without a value is empty, and so are its parts.

    Raises:
        InvalidTemplate: `text` is not Jinja.
    """
    try:
        compiled = SANDBOX.from_string(text)
    except _UNREADABLE as error:
        raise InvalidTemplate(_said(error)) from error

    nothing = {name: ChainableUndefined(name=name) for name in optional}

    def fill(variables: Mapping[str, Any]) -> str:
        try:
            return compiled.render({**nothing, **variables, LEFT: [WORK]})
        except UndefinedError as error:
            raise UnknownVariable(f"The Jinja text names what is not there: {error}.") from error
        except RecursionError as error:
            raise InvalidTemplate(
                "The Jinja text failed: a macro never stops calling itself."
            ) from error
        except MemoryError as error:
            raise InvalidTemplate("The Jinja text failed: it needs too much memory.") from error
        except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
            raise InvalidTemplate(f"The Jinja text failed{_line(error)}: {error}.") from error

    return fill


def _said(error: Exception) -> str:
    if not isinstance(error, TemplateError):
        return "The Jinja text cannot be read: it is nested too deeply."
    line = getattr(error, "lineno", None)
    place = f" in line {line}" if line else ""
    return f"The Jinja text cannot be read{place}: {error.message or error}."


def _line(error: BaseException) -> str:
    """Where in its text it happened."""
    frames = [one for one in extract_tb(error.__traceback__) if one.filename == "<template>"]
    return f" in line {frames[-1].lineno}" if frames else ""
