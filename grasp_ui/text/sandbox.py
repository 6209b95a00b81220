"""Jinja texts in a sandbox: no Python objects, no chance, no silent gaps."""

from collections.abc import Collection, Mapping
from typing import Any

from jinja2 import ChainableUndefined, StrictUndefined, TemplateError, UndefinedError, meta
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from grasp_ui.text.templates import InvalidTemplate, Template, UnknownVariable

LONGEST = 1_000_000


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own sandbox, and no way to make a small text large by one operator."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if not all(isinstance(side, int | float) and abs(side) < LONGEST for side in (left, right)):
            raise SecurityError(f"'{operator}' works on numbers below {LONGEST} only")
        if operator == "**" and abs(right) > 64:
            raise SecurityError("an exponent above 64 is not allowed")
        return super().call_binop(context, operator, left, right)


SANDBOX = _Sandbox(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
# Chance comes from the run's seed alone.
del SANDBOX.globals["lipsum"], SANDBOX.filters["random"]


def jinja_names(text: str) -> frozenset[str]:
    """The variables that a Jinja text needs from outside.

    Raises:
        InvalidTemplate: `text` is not Jinja.
    """
    try:
        return frozenset(meta.find_undeclared_variables(SANDBOX.parse(text)))
    except TemplateError as error:
        raise InvalidTemplate(_said(error)) from error


def jinja_template(text: str, *, optional: Collection[str] = frozenset()) -> Template:
    """Read a Jinja text once; what comes back fills it with variables.

    An `optional` variable without a value is empty, and so are its parts.

    Raises:
        InvalidTemplate: `text` is not Jinja.
    """
    try:
        compiled = SANDBOX.from_string(text)
    except TemplateError as error:
        raise InvalidTemplate(_said(error)) from error

    nothing = {name: ChainableUndefined(name=name) for name in optional}

    def fill(variables: Mapping[str, Any]) -> str:
        try:
            return compiled.render({**nothing, **variables} if nothing else variables)
        except UndefinedError as error:
            raise UnknownVariable(f"The Jinja text names what is not there: {error}.") from error
        except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
            raise InvalidTemplate(f"The Jinja text failed: {error}.") from error

    return fill


def _said(error: TemplateError) -> str:
    line = getattr(error, "lineno", None)
    place = f" in line {line}" if line else ""
    return f"The Jinja text cannot be read{place}: {error.message or error}."
