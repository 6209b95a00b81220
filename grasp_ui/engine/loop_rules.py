"""What can be wrong with loops and forks: one function a rule."""

from collections.abc import Iterator, Mapping

from grasp_ui.engine.draft import Draft
from grasp_ui.engine.kind import Speaker
from grasp_ui.engine.loops import Loop
from grasp_ui.engine.rules import Rule
from grasp_ui.engine.talk_rules import shown
from grasp_ui.model.graph import EdgeSpec
from grasp_ui.model.problem import Problem

Said = frozenset[tuple[Speaker | None, bool]]
"""Who may have spoken last, and whether that was in this round."""


def arrows_back_are_complete(draft: Draft) -> Iterator[Problem]:
    """An arrow with `max_visits` leads back, on a condition, and can be taken."""
    for arrow in draft.shape.astray:
        yield Problem(
            edge=arrow.name,
            field="max_visits",
            what="`max_visits` bounds an arrow back, but this arrow leads forward.",
            fix="Leave `max_visits` out.",
        )
    for arrow in draft.shape.back:
        if arrow.max_visits is not None and arrow.max_visits < 1:
            yield Problem(
                edge=arrow.name,
                field="max_visits",
                what=f"`max_visits` is {arrow.max_visits}, so the arrow is never taken.",
                fix="Give it 1 or more.",
            )
        if arrow.when is None:
            way = f"{arrow.target} → … → {arrow.source} → {arrow.target}"
            yield Problem(
                edge=arrow.name,
                field="when",
                what=f"The arrow back has no condition: {way} would always go on.",
                fix="Add `when:` with what must hold to go round again.",
            )


def loops_are_nested_or_apart(draft: Draft) -> Iterator[Problem]:
    """Two loops with nodes in common: one holds the other, or they end together."""
    for first, second in draft.shape.loops.crossing:
        ours, other = first.back[0], second.back[0]
        both = first.body & second.body
        shared = next((name for name in draft.shape.order if name in both), None)
        meeting = f"overlap at '{shared}'" if shared else "overlap by way of others"
        yield Problem(
            edge=other.name,
            what=f"Its loop and that of `{ours.name}` {meeting}, and one would end inside of the "
            "other.",
            fix=f"Let it lead back to '{ours.target}' too, or keep the two apart.",
        )


def loops_do_not_wait_for_each_other(draft: Draft) -> Iterator[Problem]:
    """What leaves a loop waits for its end, so that no other loop may need it to end."""
    for arrow in draft.shape.stuck[:1]:
        yield Problem(
            edge=arrow.name,
            what=f"The loop around '{arrow.source}' waits for a loop that waits for it: what "
            "leaves a loop goes on when the loop has ended.",
            fix="Take this arrow out, or let one arrow back lead around both loops.",
        )


def speakers_do_not_follow_themselves(draft: Draft) -> Iterator[Problem]:
    """In later rounds, too, no speaker has the word twice in a row on every way."""
    if draft.shape.is_tangled:
        return
    for loop in draft.shape.loops.found:
        for arrow in loop.back:
            yield from _repeated(draft, loop, arrow)


def forks_are_alone(draft: Draft) -> Iterator[Problem]:
    """Nothing runs beside a panel that forks its record: no fork could wait for it."""
    for name in draft.working:
        if not draft.working[name].forks():
            continue
        beside = next((o for o in draft.working if o != name and draft.are_parallel(o, name)), None)
        if beside is not None:
            yield Problem(
                node=name,
                field="pick",
                what=f"It forks the record while '{beside}' can run at the same time.",
                fix=f"Put one after the other: `{beside} -> {name}`.",
            )


def _repeated(draft: Draft, loop: Loop, arrow: EdgeSpec) -> Iterator[Problem]:
    """The speakers that would have just spoken whenever `arrow` has led back."""
    after = _round(draft, loop, arrow, said_before=_in_first_round(draft, loop, arrow))
    for name in draft.shape.order:
        config = draft.working.get(name)
        speaker = config.speaker() if config else None
        if config is None or speaker is None or name not in after:
            continue
        arriving = after[name]
        wrong = (
            {(speaker, True)} if config.revises_itself() else {(speaker, True), (speaker, False)}
        )
        if arriving and arriving <= wrong:
            yield Problem(
                node=name,
                field="role",
                what=f"The {shown(speaker)} has just spoken when '{name}' speaks again, after "
                f"`{arrow.name}`.",
                fix="Set `revises: true`, or let another role speak in the loop.",
            )


def _in_first_round(draft: Draft, loop: Loop, arrow: EdgeSpec) -> Said:
    """Who may have spoken last when `arrow` leads back: nobody is known before the loop."""
    arriving = _round(draft, loop, arrow, said_before=frozenset(((None, False),)))
    said = _left_by(draft, arrow.source, arriving[arrow.source])
    return frozenset((speaker, False) for speaker, _ in said)


def _round(draft: Draft, loop: Loop, arrow: EdgeSpec, *, said_before: Said) -> Mapping[str, Said]:
    """Who may have spoken last when each node of a round begins that starts at the arrow's head."""
    arriving: dict[str, Said] = {arrow.target: said_before}
    for name in draft.shape.order:
        if name == arrow.target or name not in loop.body:
            continue
        inside = [a.source for a in draft.shape.into[name] if a.source in arriving]
        if inside:
            ways = [_left_by(draft, source, arriving[source]) for source in inside]
            is_entered = len(inside) < len(draft.shape.into[name])
            outside: Said = frozenset(((None, False),)) if is_entered else frozenset()
            arriving[name] = outside.union(*ways)
    return arriving


def _left_by(draft: Draft, name: str, arriving: Said) -> Said:
    config = draft.configs.get(name)
    if config is None:
        return frozenset(((None, True),))
    moves = config.changes_transcript() and not config.disabled
    return frozenset(((config.speaker(), True),)) if moves else arriving


LOOP_RULES: tuple[Rule, ...] = (
    arrows_back_are_complete,
    loops_are_nested_or_apart,
    loops_do_not_wait_for_each_other,
    speakers_do_not_follow_themselves,
    forks_are_alone,
)
