"""The messages of a file brought into their trees, however far apart they stand.

The file is gone through twice: first for the ids alone, so that it is known how many messages
each tree has, then for the messages. A tree is given as soon as its last message was read. So
no more is held than the trees that are begun: one, where a file has tree after tree. Files
whose messages name no tree cost their ids besides.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from grasp_ui.interchange.import_format import Intake
from grasp_ui.interchange.imports.oasst_layouts import layout_of
from grasp_ui.interchange.imports.oasst_messages import Node, nodes_of
from grasp_ui.interchange.jsonfile import Items
from grasp_ui.interchange.rows import SetAside


class Group(NamedTuple):
    """All messages of the tree `tree`, in the order of the file."""

    tree: str
    nodes: list[Node]


class Links:
    """Which tree a message belongs to, also where it says only what it answers."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}
        self._tops: dict[str, str] = {}

    def add(self, node: Node) -> None:
        """Remember what `node` answers; the first word on an id counts."""
        if not node.tree:
            self._parents.setdefault(node.id, node.parent or "")

    def tree_of(self, node: Node) -> str:
        """The tree's id, else that of the message at the top, which may be missing."""
        return node.tree or self._top(node.id)

    def _top(self, identifier: str) -> str:
        path: dict[str, None] = {}
        at = identifier
        while at not in self._tops:
            path[at] = None
            above = self._parents.get(at)
            if not above:
                self._tops[at] = at
            elif above in path:
                # A ring: all its messages, and what hangs on them, must come to the same.
                ring = list(path)
                self._tops[at] = min(ring[ring.index(above) :])
            else:
                at = above
        top = self._tops[at]
        self._tops.update(dict.fromkeys(path, top))
        return top


def trees_in(items: Items, intake: Intake) -> Iterator[Group | SetAside]:
    """The trees of a file, each when it is whole, and what is no message set aside."""
    links, sizes = _measured(items, intake)
    held: dict[str, list[Node]] = {}
    for line, item in items():
        layout = layout_of(item) if isinstance(item, dict) else ""
        for node in nodes_of(item, line):
            intake.read += 1
            if isinstance(node, SetAside):
                yield node
                continue
            intake.layouts[layout] += 1
            tree = links.tree_of(node)
            held.setdefault(tree, []).append(node)
            if len(held[tree]) == sizes[tree]:
                yield Group(tree, held.pop(tree))
    # Only where the file was changed while it was read.
    yield from (Group(tree, nodes) for tree, nodes in held.items())


def _measured(items: Items, intake: Intake) -> tuple[Links, Counter[str]]:
    """What is needed before the first tree can be given: the links, and each tree's size."""
    links, sizes, unnamed = Links(), Counter[str](), list[Node]()
    for line, item in items():
        for node in nodes_of(item, line):
            intake.expected += 1
            if isinstance(node, SetAside):
                continue
            links.add(node)
            if node.tree:
                sizes[node.tree] += 1
            else:
                unnamed.append(node._replace(text="", said={}))
    sizes.update(links.tree_of(node) for node in unnamed)
    return links, sizes
