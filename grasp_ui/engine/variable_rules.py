"""What can be wrong with who writes and reads variables: one function a rule."""

from collections.abc import Iterator
from itertools import combinations

from grasp_ui.engine.draft import Draft
from grasp_ui.engine.findings import meant
from grasp_ui.engine.holding import BUILT_IN
from grasp_ui.engine.kind import NodeConfig
from grasp_ui.engine.rules import Rule
from grasp_ui.model.problem import Problem
from grasp_ui.text.conditions import InvalidCondition, condition_names
from grasp_ui.text.templates import InvalidTemplate, placeholders

Reading = tuple[str, frozenset[str]]


def available_at(draft: Draft, name: str) -> list[str]:
    """The variables that can have a value when `name` fires, as they come up."""
    before = draft.written_before(draft.begins_at(name))
    return draft.seen_at(name, (*_seed_columns(draft), *before, *BUILT_IN))


def built_in_names_are_left(draft: Draft) -> Iterator[Problem]:
    """No node writes a variable that every record has."""
    for name in BUILT_IN:
        for writer in draft.writers.get(name, ()):
            yield Problem(
                node=writer,
                field="writes",
                what=f"'{name}' is built in and cannot be written.",
                fix="Choose another name.",
            )


def texts_name_what_is_there(draft: Draft) -> Iterator[Problem]:
    """Every variable in a node's texts has been written when the node fires."""
    for name, config in draft.naming.items():
        readings, broken = _named(name, config)
        yield from broken
        for field, names in readings:
            for variable in _missing(draft, names, draft.begins_at(name)):
                yield _unknown_problem(draft, variable, available_at(draft, name)).model_copy(
                    update={"node": name, "field": field}
                )


def conditions_name_what_is_there(draft: Draft) -> Iterator[Problem]:
    """Every variable in an arrow's condition has been written when its node is done."""
    for arrow in draft.arrows:
        if arrow.when is None:
            continue
        config = draft.working.get(arrow.source)
        own = sorted(config.variables_written()) if config else ()
        writes = {draft.actual(arrow.source, variable) for variable in own}
        for variable in _missing(draft, _condition_names(arrow.when), arrow.source):
            if draft.actual(arrow.source, variable) not in writes:
                known = [*available_at(draft, arrow.source), *own]
                yield _unknown_problem(draft, variable, known).model_copy(
                    update={"edge": arrow.name, "field": "when"}
                )


def output_names_what_is_there(draft: Draft) -> Iterator[Problem]:
    """`output:` and `system:` name variables that a record can have."""
    known = list(dict.fromkeys((*_seed_columns(draft), *draft.writers, "record")))
    texts = [
        (f"output.messages.{position}.content", placeholders(message.content))
        for position, message in enumerate(draft.output.messages)
    ]
    texts.append(("output.keep", frozenset(draft.output.keep or ())))
    for field, names in texts:
        for variable in _unknown(draft, names, known):
            yield _unknown_problem(draft, variable, known).model_copy(update={"field": field})
    first = [*_seed_columns(draft), "record"]
    for variable in _unknown(draft, placeholders(draft.graph.system), first):
        yield _unknown_problem(draft, variable, first).model_copy(update={"field": "system"})


def one_branch_writes(draft: Draft) -> Iterator[Problem]:
    """Of branches that run at the same time one at most writes a variable."""
    for variable, writers in draft.writers.items():
        for first, second in combinations(writers, 2):
            if draft.are_parallel(first, second):
                yield Problem(
                    node=second,
                    field="writes",
                    what=f"'{first}' and '{second}' can write '{variable}' at the same time.",
                    fix="Let them write different variables, or put one after the other.",
                )


def nothing_is_read_while_written(draft: Draft) -> Iterator[Problem]:
    """No node reads a variable that a parallel branch may be changing."""
    for name, config in draft.working.items():
        readings, _ = _named(name, config)
        asked = [_condition_names(when) for when in draft.conditions_at.get(name, ())]
        named = {_root(one) for names in (*(n for _, n in readings), *asked) for one in names}
        for variable in sorted(draft.actual(name, root) for root in named):
            writers = draft.writers.get(variable, ())
            if not (_may_be_seeded(draft, variable) or name in writers) and not (
                draft.is_written_before(variable, name)
            ):
                continue
            for writer in (w for w in writers if w != name and draft.are_parallel(w, name)):
                yield Problem(
                    node=name,
                    what=f"It reads '{variable}', which '{writer}' can write at the same time.",
                    fix=f"Put one after the other, or let '{writer}' write another variable.",
                )


def _named(name: str, config: NodeConfig) -> tuple[list[Reading], list[Problem]]:
    """What a node's texts name; a text that cannot be read is a problem."""
    readings: list[Reading] = []
    try:
        readings.extend(config.named())
    except (InvalidTemplate, InvalidCondition) as error:
        return readings, [Problem(node=name, what=str(error), fix="Mend the text.")]
    return readings, []


def _condition_names(text: str) -> frozenset[str]:
    try:
        return condition_names(text)
    except InvalidCondition:
        return frozenset()


def _missing(draft: Draft, names: frozenset[str], at: str) -> Iterator[str]:
    """The variables named that can have no value when the node `at` fires."""
    if draft.surroundings.seed_columns is None:
        return
    known = (*_seed_columns(draft), *BUILT_IN)
    for root in sorted({_root(name) for name in names}):
        actual = draft.actual(at, root)
        if actual not in known and not draft.is_written_before(actual, at):
            yield root


def _may_be_seeded(draft: Draft, variable: str) -> bool:
    columns = draft.surroundings.seed_columns
    return columns is None or variable in columns


def _unknown(draft: Draft, names: frozenset[str], known: list[str]) -> Iterator[str]:
    if draft.surroundings.seed_columns is None:
        return
    roots = sorted({_root(name) for name in names})
    yield from (root for root in roots if root not in known)


def _unknown_problem(draft: Draft, variable: str, known: list[str]) -> Problem:
    writers = draft.writers.get(variable)
    if writers:
        return Problem(
            what=f"'{variable}' is not there yet: '{writers[0]}' writes it, but not before this.",
            fix=f"Let arrows lead here from '{writers[0]}'.",
        )
    disabled = [
        name
        for name, c in draft.configs.items()
        if c.disabled and variable in c.variables_written()
    ]
    if disabled:
        return Problem(
            what=f"Nothing writes '{variable}': '{disabled[0]}' is disabled.",
            fix=f"Enable '{disabled[0]}', or leave the variable out.",
        )
    return Problem(what=f"There is no variable '{variable}'.", fix=meant(variable, known))


def _seed_columns(draft: Draft) -> tuple[str, ...]:
    return draft.surroundings.seed_columns or ()


def _root(name: str) -> str:
    return name.split(".")[0]


HELD_VARIABLE_RULES: tuple[Rule, ...] = (
    built_in_names_are_left,
    texts_name_what_is_there,
    conditions_name_what_is_there,
    one_branch_writes,
    nothing_is_read_while_written,
)
VARIABLE_RULES: tuple[Rule, ...] = (*HELD_VARIABLE_RULES, output_names_what_is_there)
