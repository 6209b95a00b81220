"""What can be wrong with a graph's names and values: one function a rule."""

from collections.abc import Callable, Iterator

from pydantic import ValidationError

from grasp_ui.engine.draft import Draft
from grasp_ui.engine.findings import meant, refused
from grasp_ui.engine.kind import NodeConfig, meanings
from grasp_ui.model.problem import Problem

Rule = Callable[[Draft], Iterator[Problem]]


def keys_and_values_are_right(draft: Draft) -> Iterator[Problem]:
    """What could not be read: the file, kinds, keys, values."""
    yield from draft.misread


def there_are_nodes(draft: Draft) -> Iterator[Problem]:
    """A graph needs at least one node."""
    if not draft.drawn.graph.nodes:
        yield Problem(field="nodes", what="The graph has no nodes.", fix="Add one.")


def names_can_stand_in_arrows(draft: Draft) -> Iterator[Problem]:
    """A node's name must be writable as `a -> b`, and as a part of a path."""
    for name in draft.drawn.graph.nodes:
        if "/" in name:
            yield Problem(
                node=name,
                what=f"A node cannot be named '{name}': `/` stands in paths into subgraphs.",
                fix="Give it a name without `/`.",
            )
        if "->" in name or name != name.strip() or not name:
            yield Problem(
                node=name,
                what=f"A node cannot be named '{name}': arrows are written `a -> b`.",
                fix="Give it a name without `->` and without spaces around it.",
            )


def configs_agree_with_themselves(draft: Draft) -> Iterator[Problem]:
    """What each kind finds wrong with its fields together."""
    for name, config in draft.working.items():
        for flaw in config.flaws():
            yield Problem(
                node=name,
                field=flaw.field,
                what=flaw.what,
                fix=flaw.fix,
                severity=flaw.severity,
            )


def models_are_in_settings(draft: Draft) -> Iterator[Problem]:
    """Every alias must lead to a model that Settings know."""
    known = sorted(draft.surroundings.models)
    outside = draft.drawn.graph.models if draft.drawn.path else {}
    for alias, settings in draft.models.items():
        if settings.model not in known and alias not in outside:
            holder, _, name = alias.removeprefix(draft.drawn.path).rpartition("/")
            yield Problem(
                node=holder or None,
                field=f"models.{name}.model",
                what=f"There is no model named '{settings.model}' in Settings.",
                fix=meant(settings.model, known),
            )


def aliases_are_known(draft: Draft) -> Iterator[Problem]:
    """Every node that calls a model must name an alias, or be able to do without."""
    for name, config in draft.naming.items():
        for field, aliases in _aliases(config):
            # A node whose keys are wrong may have meant one of them for its model.
            named = aliases if name in draft.configs else [a for a in aliases if a]
            for alias in named:
                yield from _alias_problem(draft, name, field, alias)


def rubrics_are_known(draft: Draft) -> Iterator[Problem]:
    """Every rubric named must be there."""
    known = sorted(draft.surroundings.rubrics)
    for name, config in draft.naming.items():
        for field, meaning in meanings(type(config)):
            rubric = getattr(config, field)
            if meaning == "rubric" and rubric not in known:
                yield Problem(
                    node=name,
                    field=field,
                    what=f"There is no rubric named '{rubric}'.",
                    fix=meant(rubric, known),
                )


def seeds_can_be_read(draft: Draft) -> Iterator[Problem]:
    """The seeds need a source that is known, and settings that it understands."""
    seeds, sources = draft.graph.seeds, draft.surroundings.seed_sources
    if not seeds:
        return
    kind = str(seeds.get("kind") or "")
    if kind not in sources:
        what = f"There is no seed source named '{kind}'." if kind else "The seeds have no kind."
        yield Problem(field="seeds.kind", what=what, fix=meant(kind, sources))
        return
    model = sources[kind]
    try:
        model.model_validate({key: value for key, value in seeds.items() if key != "kind"})
    except ValidationError as error:
        yield from refused(error, model, below="seeds")
    if fault := draft.surroundings.seed_fault:
        what, stop, fix = fault.partition(". ")
        yield Problem(field="seeds", what=f"{what}{stop.strip()}", fix=fix or "Change the seeds.")


def tagging_is_known(draft: Draft) -> Iterator[Problem]:
    """`tagging:` is `none`, or names a profile."""
    match draft.graph.tagging:
        case None | "none":
            return
        case {**keys}:
            known = sorted(draft.surroundings.profiles)
            for key in keys:
                if key != "profile":
                    yield Problem(
                        field=f"tagging.{key}",
                        what=f"There is no key '{key}' here.",
                        fix=meant(str(key), ["profile"]),
                    )
            profile = keys.get("profile", "default")
            if profile not in known:
                yield Problem(
                    field="tagging.profile",
                    what=f"There is no tagging profile named '{profile}'.",
                    fix=meant(str(profile), known),
                )
        case other:
            yield Problem(
                field="tagging",
                what=f"Expected `none` or a profile, found {other!r}.",
                fix="Write `tagging: none` or `tagging: {profile: default}`.",
            )


def _aliases(config: NodeConfig) -> Iterator[tuple[str, tuple[str, ...]]]:
    for field, meaning in meanings(type(config)):
        if meaning == "model":
            yield field, (getattr(config, field),)
        elif meaning == "models":
            yield field, getattr(config, field) or ("",)


def _alias_problem(draft: Draft, node: str, field: str, alias: str) -> Iterator[Problem]:
    known = list(draft.graph.models)
    if alias in known or (not alias and len(known) == 1):
        return
    if not known:
        what = "The graph names no model."
        fix = f"Add `models: {{{alias or 'writer'}: {{model: local}}}}`."
    elif alias:
        what = f"There is no model alias '{alias}' in `models:`."
        fix = meant(alias, known)
    else:
        what = "The node does not say which model it calls."
        fix = f"Choose one of {', '.join(known)}."
    yield Problem(node=node, field=field, what=what, fix=fix)


HELD_NAME_RULES: tuple[Rule, ...] = (
    keys_and_values_are_right,
    there_are_nodes,
    names_can_stand_in_arrows,
    configs_agree_with_themselves,
    models_are_in_settings,
    aliases_are_known,
    rubrics_are_known,
)
NAME_RULES: tuple[Rule, ...] = (
    *HELD_NAME_RULES,
    seeds_can_be_read,
    tagging_is_known,
)
