"""A problem: what a person drew or typed that stops the work, and its remedy."""

from typing import Literal

from grasp_ui.model.value import Value


class Problem(Value):
    """What is wrong, where, and how to mend it.

    `node` is a node's name, `edge` is `from -> to`, `field` a dotted path below them
    (or from the top of the file).

    Example:
        >>> print(Problem(node="ask", field="kind", what="There is no kind 'trun'.",
        ...               fix="Did you mean 'turn'?"))
        node 'ask', kind: There is no kind 'trun'. Did you mean 'turn'?
    """

    what: str
    fix: str = ""
    node: str | None = None
    edge: str | None = None
    field: str | None = None
    severity: Literal["error", "warning"] = "error"

    @property
    def place(self) -> str:
        """Where it is, in words; empty for the graph as a whole."""
        thing = f"node '{self.node}'" if self.node else f"arrow {self.edge}" if self.edge else ""
        return ", ".join(part for part in (thing, self.field) if part)

    def __str__(self) -> str:
        return " ".join(
            part for part in (self.place and f"{self.place}:", self.what, self.fix) if part
        )
