"""Names for the forms of nodes that outlast the nodes' own names."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class FormNames:
    """What tells the form of each node from the others.

    A form keeps its name when its node is renamed, so that a field in which someone writes
    stays the same field: it loses neither its text nor the focus.

    Example:
        >>> names = FormNames()
        >>> names.of("turn")
        'turn'
        >>> names.rename("turn", "ask")
        >>> names.of("ask"), names.of("turn"), names.node_of("turn")
        ('turn', "turn'", 'ask')
    """

    _forms: dict[str, str] = field(default_factory=dict)

    def of(self, node: str) -> str:
        """The form of `node`; a new one where it has none yet."""
        if node not in self._forms:
            taken, form = set(self._forms.values()), node
            while form in taken:
                form += "'"
            self._forms[node] = form
        return self._forms[node]

    def node_of(self, form: str) -> str | None:
        """The node whose form it is, as it is called now."""
        return next((node for node, own in self._forms.items() if own == form), None)

    def rename(self, old: str, new: str) -> None:
        """The node `old` is called `new` from now on."""
        form = self.of(old)
        del self._forms[old]
        self._forms[new] = form
