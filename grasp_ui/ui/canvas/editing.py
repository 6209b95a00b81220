"""What a page keeps of an open graph, so that no edit is lost or done twice."""

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from grasp_ui.model.graph import GraphSpec
from grasp_ui.ui.canvas.protocol import Edit, apply_edit, rename_node, renamed_edit


@dataclass(slots=True)
class Editing:
    """One graph under edit: its spec, and what canvas and server know of each other.

    `renamed` has every rename of the server: its revision, the old name, the new name. Revisions
    count from 0 under one `id`; a canvas that sees another one begins to count anew.

    Example:
        >>> editing = Editing(GraphSpec())
        >>> edit = {"revision": 1, "nodes": {"ask": {"kind": "turn"}}}
        >>> editing.take(edit), editing.take(edit), list(editing.spec.nodes)
        (True, False, ['ask'])
    """

    spec: GraphSpec
    acknowledged: int = 0
    server_revision: int = 0
    renamed: list[tuple[int, str, str]] = field(default_factory=list)
    id: str = field(default_factory=lambda: secrets.token_hex(4))
    _touched: Counter[str] = field(default_factory=Counter)

    def take(self, message: Mapping[str, Any]) -> bool:
        """Apply a message of the canvas; False if it was applied before.

        So is one that speaks to another session: its revisions mean nothing here. The canvas
        tells it again once it has seen this one.
        """
        edit = Edit.model_validate(message)
        if edit.session not in {"", self.id} or edit.revision <= self.acknowledged:
            return False
        for revision, old, new in self.renamed:
            if edit.server_revision < revision:
                edit = renamed_edit(edit, {old: new})
        before = self.spec
        is_stale = edit.server_revision < self.server_revision
        self.spec = apply_edit(before, edit, keep_fields=is_stale)
        self.acknowledged = edit.revision
        self._touched.update(
            name for name in edit.nodes if before.nodes.get(name) != self.spec.nodes.get(name)
        )
        return True

    def change(self, spec: GraphSpec) -> None:
        """Replace the graph by an edit of the server (an inspector, a restored version)."""
        if spec != self.spec:
            self.spec = spec
            self.server_revision += 1

    def rename(self, old: str, new: str) -> None:
        """Rename a node; its position, arrows and selection are kept.

        Raises:
            UnknownName, NameTaken: as `rename_node`.
        """
        self.change(rename_node(self.spec, old, new))
        if old != new:
            self.renamed.append((self.server_revision, old, new))

    def client_edits(self, node: str) -> int:
        """How often the canvas changed this node's fields: a part of its form's keys."""
        return self._touched[node]


@dataclass(slots=True)
class Receipt:
    """Which items of a browser's parcels were heard, so that each is taken once.

    Example:
        >>> receipt = Receipt()
        >>> item = {"number": 1, "topic": "command", "value": {"command": "stop"}}
        >>> parcel = {"client": "tab", "items": [item]}
        >>> len(list(receipt.news(parcel))), len(list(receipt.news(parcel)))
        (1, 0)
    """

    client: str = ""
    heard: int = 0

    def news(self, parcel: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Topic and value of each item that was not heard yet, in order."""
        if parcel["client"] != self.client:
            self.client, self.heard = parcel["client"], 0
        for item in parcel["items"]:
            if item["number"] > self.heard:
                self.heard = item["number"]
                yield item["topic"], item["value"]
