"""What can be wrong with who speaks and judges when: one function a rule."""

from collections.abc import Iterator
from itertools import combinations

from grasp_ui.engine.draft import Draft, nearest_before
from grasp_ui.engine.kind import Speaker
from grasp_ui.engine.rules import Rule
from grasp_ui.model.graph import EdgeSpec
from grasp_ui.model.problem import Problem

Said = frozenset[Speaker | None]


def something_is_left(draft: Draft) -> Iterator[Problem]:
    """A record leaves a conversation: by turns, by its seed or by `output.messages`."""
    built = bool(draft.output.messages)
    if built and draft.speakers:
        yield Problem(
            field="output.messages",
            what=f"'{draft.speakers[0]}' speaks, but `output.messages` builds the conversation.",
            fix="Take one of them out.",
        )
    unsure = draft.unread or draft.may_have_messages or draft.output_is_misread
    if draft.graph.nodes and not (built or draft.speakers or unsure):
        yield Problem(
            field="output.messages",
            what="Nothing is left of a record: no node speaks, and no messages are built.",
            fix='Add a turn, or `output: {messages: [{role: user, content: "{question}"}, …]}`.',
        )


def one_branch_speaks(draft: Draft) -> Iterator[Problem]:
    """Of branches that run at the same time one at most adds to the transcript."""
    movers = [
        name
        for name, config in draft.working.items()
        if config.changes_transcript() or _chooses(draft, name)
    ]
    for first, second in combinations(sorted(movers, key=draft.shape.order.index), 2):
        if draft.are_parallel(first, second):
            yield Problem(
                node=second,
                what=f"'{first}' and '{second}' can add to the transcript at the same time.",
                fix=f"Put one after the other: `{first} -> {second}`; or choose with a router.",
            )


def speakers_take_turns(draft: Draft) -> Iterator[Problem]:
    """No speaker has the word twice in a row on every way there."""
    said = _last_speakers(draft)
    for name in draft.speakers:
        speaker = draft.working[name].speaker()
        if speaker and said.get(name) == frozenset((speaker,)):
            yield Problem(
                node=name,
                field="role",
                what=f"The {shown(speaker)} has just spoken when '{name}' speaks.",
                fix="Let another role speak in between, or give the two a different `name:`.",
            )


def last_messages_are_there(draft: Draft) -> Iterator[Problem]:
    """Before a judge, or a node that reads the last message, someone has spoken."""
    for name, config in draft.working.items():
        heard = (*draft.speakers, *draft.unread)
        spoken = any(draft.shape.is_before(speaker, name) for speaker in heard)
        if not config.needs_message() or spoken or draft.may_have_messages:
            continue
        if config.judges:
            what = "There is no message to judge: no turn and no panel comes before."
            fix = "Put it after a turn, or judge variables with a generate node and a schema."
            yield Problem(node=name, what=what, fix=fix)
        else:
            what = "There is no last message to read: no turn and no panel comes before."
            fix = 'Put it after a turn, or say what it reads: `text: "{variable}"`.'
            yield Problem(node=name, field="text", what=what, fix=fix)


def panels_that_wait_have_a_judge(draft: Draft) -> Iterator[Problem]:
    """A panel that keeps the best candidate needs one judge directly after it."""
    for name, config in draft.working.items():
        if not config.awaits_judge():
            continue
        judges = [other for other in draft.working if _scores(draft, other, name)]
        if len(judges) != 1:
            found = f"{len(judges)} judges stand" if judges else "no judge stands"
            yield Problem(
                node=name,
                field="pick",
                what=f"The best candidate is to be picked, but {found} directly after it.",
                fix="Put one judge after it, or pick the first.",
            )


def _chooses(draft: Draft, name: str) -> bool:
    """Whether `name` changes the transcript by choosing among a panel's candidates."""
    before = (draft.working.get(panel) for panel in nearest_before(draft, name))
    return draft.working[name].judges and any(p is not None and p.awaits_judge() for p in before)


def _scores(draft: Draft, judge: str, panel: str) -> bool:
    return draft.working[judge].judges and panel in nearest_before(draft, judge)


def _last_speakers(draft: Draft) -> dict[str, Said]:
    """Who may have spoken last when a node begins; None stands for nobody, or for anybody."""
    after: dict[str, Said] = {}
    found: dict[str, Said] = {}
    for name in draft.shape.order:
        ways = [after[a.source] for a in draft.shape.into[name] if not _is_beside(draft, a)]
        found[name] = frozenset().union(*ways) if ways else frozenset((None,))
        config = draft.configs.get(name)
        if config is None:
            after[name] = frozenset((None,))
        else:
            moves = config.changes_transcript() and not config.disabled
            after[name] = frozenset((config.speaker(),)) if moves else found[name]
    return found


def _is_beside(draft: Draft, arrow: EdgeSpec) -> bool:
    """Whether an arrow leads past all nodes of a subgraph, at least one of which is sure to run."""
    inside = f"{arrow.target}/"
    return arrow.source == inside and not any(
        one.when for one in draft.arrows if one.source.startswith(inside)
    )


def shown(speaker: Speaker | None) -> str:
    """A speaker in a sentence; None is whoever spoke in the seed."""
    if speaker is None:
        return "seed"
    return f"{speaker.role} '{speaker.name}'" if speaker.name else speaker.role


def nobody_speaks_in_a_map(draft: Draft) -> Iterator[Problem]:
    """Elements run at the same time: they cannot share one transcript."""
    for name, config in draft.working.items():
        if not config.changes_transcript():
            continue
        does = "speaks" if config.adds_messages() else "changes the dialogue"
        yield Problem(
            node=name,
            field="kind",
            what=f"'{name}' {does}, but elements of a list run at the same time.",
            fix="Let it be a `generate` node that writes a variable.",
        )


HELD_TALK_RULES: tuple[Rule, ...] = (nobody_speaks_in_a_map,)
TALK_RULES: tuple[Rule, ...] = (
    something_is_left,
    one_branch_speaks,
    speakers_take_turns,
    last_messages_are_there,
    panels_that_wait_have_a_judge,
)
