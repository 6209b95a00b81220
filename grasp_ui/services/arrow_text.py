"""A graph's arrows as its file has them, in order, with written chains kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from grasp_ui.model.graph import EdgeSpec
from grasp_ui.services.graph_file import chain
from grasp_ui.services.yaml_style import styled


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is written of arrows: a chain or one arrow, and which of the graph's it says."""

    written: Any
    arrows: tuple[int, ...] = ()


def write_edges(written: CommentedMap, edges: tuple[EdgeSpec, ...]) -> None:
    """Keep written arrows that still stand, in the graph's order; split broken chains."""
    left: list[EdgeSpec | None] = list(edges)
    items = written.get("edges") or ()
    pieces = [piece for item in items for piece in _still_standing(item, left)]
    kept = _in_order(pieces, edges)
    if not kept:
        written.pop("edges", None)
        return
    old = written.get("edges")
    if isinstance(old, CommentedSeq) and kept == list(old):
        return
    if isinstance(old, CommentedSeq):
        old[:] = kept
    else:
        written["edges"] = CommentedSeq(kept)


def _still_standing(item: Any, left: list[EdgeSpec | None]) -> list[_Piece]:
    """What of a written item is still drawn; takes its arrows out of `left`."""
    names = chain(item)
    if len(names) < 2:
        return _standing_arrow(item, left)
    runs: list[tuple[list[str], list[int]]] = [([names[0]], [])]
    for source, target in pairwise(names):
        place = _take(EdgeSpec(source=source, target=target), left)
        if place is None:
            runs.append(([target], []))
        else:
            runs[-1][0].append(target)
            runs[-1][1].append(place)
    if len(runs) == 1:
        return [_Piece(item, tuple(runs[0][1]))]
    return [_Piece(" -> ".join(run), tuple(arrows)) for run, arrows in runs if arrows]


def _standing_arrow(item: Any, left: list[EdgeSpec | None]) -> list[_Piece]:
    if not isinstance(item, Mapping) or not {"from", "to"} <= set(item):
        return [_Piece(item)]
    edge = EdgeSpec(
        source=str(item["from"]),
        target=str(item["to"]),
        when=None if item.get("when") is None else str(item["when"]),
        max_visits=item.get("max_visits"),
    )
    place = _take(edge, left)
    return [] if place is None else [_Piece(item, (place,))]


def _take(edge: EdgeSpec, left: list[EdgeSpec | None]) -> int | None:
    """Take an arrow out of `left`; gives its number among the graph's."""
    if edge not in left:
        return None
    place = left.index(edge)
    left[place] = None
    return place


def _in_order(pieces: list[_Piece], edges: tuple[EdgeSpec, ...]) -> list[Any]:
    """The pieces and all other arrows as written, in the order of the graph's arrows."""
    known = {place for piece in pieces for place in piece.arrows}
    written: list[tuple[int, list[Any]]] = []
    last = -1
    for piece in pieces:
        for part in _unbroken(piece, edges):
            last = part.arrows[0] if part.arrows else last
            written.append((last, [part.written]))
    fresh = _runs(place for place in range(len(edges)) if place not in known)
    written += [(run[0], _arrows([edges[place] for place in run])) for run in fresh]
    return [item for _, items in sorted(written, key=itemgetter(0)) for item in items]


def _unbroken(piece: _Piece, edges: tuple[EdgeSpec, ...]) -> list[_Piece]:
    """A chain in parts where other arrows stand between its own."""
    runs = _runs(piece.arrows)
    if len(runs) < 2:
        return [piece]
    names = [[edges[run[0]].source, *(edges[place].target for place in run)] for run in runs]
    return [_Piece(" -> ".join(part), tuple(run)) for part, run in zip(names, runs, strict=True)]


def _runs(places: Iterable[int]) -> list[list[int]]:
    """Numbers in groups that follow each other without a gap."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _arrows(edges: list[EdgeSpec]) -> list[Any]:
    """New arrows as written: those that follow each other plainly as one chain."""
    written: list[Any] = []
    for edge in edges:
        is_plain = edge.when is None and edge.max_visits is None
        if is_plain and written and chain(written[-1])[-1:] == [edge.source]:
            written[-1] = f"{written[-1]} -> {edge.target}"
        else:
            written.append(edge.name if is_plain else _arrow(edge))
    return written


def _arrow(edge: EdgeSpec) -> CommentedMap:
    written = CommentedMap({"from": edge.source, "to": edge.target})
    if edge.when is not None:
        written["when"] = styled(edge.when)
    if edge.max_visits is not None:
        written["max_visits"] = edge.max_visits
    written.fa.set_flow_style()
    return written
