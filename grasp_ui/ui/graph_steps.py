"""Undo and redo for what the canvas does not draw: texts, models, seeds, output."""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from grasp_ui.model.graph import GraphSpec
from grasp_ui.ui.desk import Desk

PARTS = ("title", "notes", "system", "models", "seeds", "output")
LIMIT = 100
Parts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one or more parts: what they were and what they became."""

    before: Parts
    after: Parts

    @property
    def name(self) -> str:
        """The parts that it changed, in words."""
        return " and ".join(self.before)


@dataclass(slots=True)
class GraphSteps:
    """The steps that were made here, and those that were taken back.

    Example:
        >>> steps, first = GraphSteps(), GraphSpec(title="Tea")
        >>> second = first.model_copy(update={"title": "Milk"})
        >>> steps.note(first, second)
        >>> steps.undo(second).title, steps.redo(first).title
        ('Tea', 'Milk')
    """

    past: list[Step] = field(default_factory=list)
    future: list[Step] = field(default_factory=list)

    def note(self, before: GraphSpec, after: GraphSpec) -> None:
        """Keep what differs as one step; nodes and arrows are the canvas's to undo."""
        changed = [part for part in PARTS if getattr(before, part) != getattr(after, part)]
        if changed:
            step = Step(_parts(before, changed), _parts(after, changed))
            self.past = [*self.past, step][-LIMIT:]
            self.future = []

    def undo(self, spec: GraphSpec) -> GraphSpec:
        """`spec` without the newest step; as it is where its parts were changed elsewhere."""
        return self._go(spec, self.past, self.future, is_back=True)

    def redo(self, spec: GraphSpec) -> GraphSpec:
        """`spec` with the step that was taken back last, under the same condition."""
        return self._go(spec, self.future, self.past, is_back=False)

    def _go(
        self, spec: GraphSpec, source: list[Step], goal: list[Step], *, is_back: bool
    ) -> GraphSpec:
        step = source.pop()
        present, wanted = (step.after, step.before) if is_back else (step.before, step.after)
        if _parts(spec, present) != present:
            # Another hand, a version or the text changed it since: no older step fits either.
            self.past.clear()
            self.future.clear()
            return spec
        goal.append(step)
        return spec.model_copy(update=wanted)


def change_graph(desk: Desk, spec: GraphSpec) -> None:
    """Change what the canvas does not draw, as a step that can be taken back here."""
    _steps(desk).note(desk.spec, spec)
    desk.change(spec)


def step_buttons(desk: Desk, *, key: str) -> None:
    """Undo and redo, each with what it brings back; nothing before a first step."""
    steps = _steps(desk)
    if not steps.past and not steps.future:
        return
    with st.container(horizontal=True, gap="small", key=f"{key}-steps"):
        for word, icon, kept, act in (
            ("Undo", "undo", steps.past, steps.undo),
            ("Redo", "redo", steps.future, steps.redo),
        ):
            st.button(
                f"{word}: {kept[-1].name}" if kept else word, key=f"{key}.{word}", type="tertiary",
                icon=f":material/{icon}:", disabled=not kept,
                on_click=lambda act=act: desk.change(act(desk.spec)),
            )  # fmt: skip


def _steps(desk: Desk) -> GraphSteps:
    steps: GraphSteps = st.session_state.setdefault(f"design.{desk.graph_id}.steps", GraphSteps())
    return steps


def _parts(spec: GraphSpec, names: Any) -> Parts:
    return {name: getattr(spec, name) for name in names}
