"""A profile's stage two, made ready: rubrics found, models named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal, get_args

from grasp_ui.errors import UnreadableFile
from grasp_ui.judging.ask import Examination, examination
from grasp_ui.judging.category import categories, rubric_for
from grasp_ui.judging.compare import comparison
from grasp_ui.judging.inquiry import Inquiry
from grasp_ui.model.rubric import Rubric
from grasp_ui.tagging.profile import BY_CATEGORY, JudgeSetting, Profile

ONE_TOKEN = ("p_yes", "expected_score")
"""Methods that read probabilities: asked again they say the same, so samples are no use."""
Described = Literal["category", "instruction_tags", "difficulty", "intent"]


@dataclass(frozen=True, slots=True)
class ArmedJudge:
    """A judge with its models, and what it asks in each category (all alike without).

    One that compares has in `pairs` what it asks of two answers, by the rubric's name.
    """

    setting: JudgeSetting
    models: tuple[str, ...]
    exams: Mapping[str, Examination]
    pairs: Mapping[str, Inquiry] = field(default_factory=dict)

    def exams_for(self, category: str | None) -> tuple[Examination, ...]:
        """What is asked in a category; where that is not known, everything that may be."""
        if self.setting.rubric != BY_CATEGORY:
            return tuple(self.exams.values())
        if category is None:
            return tuple({exam.version: exam for exam in self.exams.values()}.values())
        return (self.exams[category],)


@dataclass(frozen=True, slots=True)
class Armed:
    """Stage two of a profile; `describer` is asked what it `describes`."""

    profile: Profile
    judges: tuple[ArmedJudge, ...]
    describes: tuple[Described, ...]
    describer: str

    @property
    def models(self) -> tuple[str, ...]:
        """The names of all models that may be asked, each once."""
        described = (self.describer,) if self.describes else ()
        return tuple(dict.fromkeys([*described, *(m for j in self.judges for m in j.models)]))


def armed_judges(
    profile: Profile, rubrics: Mapping[str, Rubric], models: Sequence[str], *, model: str = ""
) -> Armed:
    """Stage two of `profile`, ready to ask; `models` are those that Settings have.

    `model` stands in for every model that the profile names.

    Raises:
        UnreadableFile: the profile names a rubric or model that there is not, or asks for what
            does not fit together; the message says where, and what to do.
    """
    bench = _Bench(profile.name, rubrics, models, model)
    judges = tuple(bench.judge(place, one) for place, one in enumerate(profile.judges, start=1))
    bench.check_once(judges)
    wanted = profile.describe.model_dump(exclude={"model"})
    wanted["category"] = profile.asks_for_category
    names: tuple[Described, ...] = get_args(Described)
    describes = tuple(name for name in names if wanted[name])
    describer = ""
    if describes:
        first = judges[0].models[0] if judges else ""
        named = profile.describe.model or first
        describer = bench.models_named((named,) if named else (), "describe")[0]
    return Armed(profile, judges, describes, describer)


@dataclass(frozen=True, slots=True)
class _Bench:
    profile: str
    rubrics: Mapping[str, Rubric]
    models: Sequence[str]
    model: str

    def judge(self, place: int, setting: JudgeSetting) -> ArmedJudge:
        at = f"judge {place}"
        if setting.samples > 1 and setting.method in ONE_TOKEN:
            said = f"samples: {setting.method} reads probabilities, so one sample says all."
            raise self.fault(at, f"{said} Leave `samples` out, or use the method schema.")
        if setting.rubric == BY_CATEGORY:
            named = {category: rubric_for(category) for category in categories()}
        else:
            named = {"": setting.rubric}
        found = {category: self._rubric(at, name) for category, name in named.items()}
        for rubric in found.values():
            self._check(at, setting, rubric)
        models = self.models_named(setting.models, at)
        if setting.method == "pairwise":
            pairs = {rubric.name: comparison(rubric) for rubric in found.values()}
            exams = {name: examination(rubric, "schema") for name, rubric in found.items()}
            return ArmedJudge(setting, models, exams, pairs)
        exams = {name: examination(rubric, setting.method) for name, rubric in found.items()}
        return ArmedJudge(setting, models, exams)

    def models_named(self, named: Sequence[str], at: str) -> tuple[str, ...]:
        if self.model or not named:
            return (self.model or self._only_model(at),)
        for name in named:
            if name not in self.models:
                raise self.fault(at, f"There is no model named '{name}' in Settings. "
                                 f"{_near(name, self.models)}")  # fmt: skip
        return tuple(named)

    def check_once(self, judges: Sequence[ArmedJudge]) -> None:
        asked = set[tuple[str, str, str]]()
        for place, judge in enumerate(judges, start=1):
            for exam in judge.exams_for(None):
                way = (exam.rubric.name, judge.setting.method, judge.setting.scope)
                if way in asked and judge.setting.rubric != BY_CATEGORY:
                    raise self.fault(f"judge {place}", f"The rubric '{way[0]}' is asked for twice "
                                     "in the same way. Take one out, or name both models in one "
                                     "judge for a panel.")  # fmt: skip
                asked.add(way)

    def fault(self, at: str, what: str) -> UnreadableFile:
        return UnreadableFile(f"The tagging profile '{self.profile}', {at}: {what}")

    def _only_model(self, at: str) -> str:
        if len(self.models) == 1:
            return self.models[0]
        known = ", ".join(self.models) or "none"
        raise self.fault(at, f"It names no model, and Settings have {len(self.models)} ({known}). "
                         "Name one in `models:`.")  # fmt: skip

    def _rubric(self, at: str, name: str) -> Rubric:
        if name not in self.rubrics:
            raise self.fault(at, f"There is no rubric named '{name}'. {_near(name, self.rubrics)}")
        return self.rubrics[name]

    def _check(self, at: str, setting: JudgeSetting, rubric: Rubric) -> None:
        low, high = (0, 1) if setting.method == "p_yes" else (rubric.minimum, rubric.maximum)
        if setting.minimum is not None and not low <= setting.minimum <= high:
            raise self.fault(at, f"minimum: {setting.minimum:g} is not on the scale of "
                             f"'{rubric.name}', which goes from {low} to {high}.")  # fmt: skip
        if (rubric.target == "conversation") != (setting.scope == "conversation"):
            whole = rubric.target == "conversation"
            said = "whole conversations" if whole else "single answers"
            scope = "conversation" if whole else "last_answer"
            raise self.fault(at, f"scope: '{rubric.name}' judges {said}, not "
                             f"{setting.scope}. Write `scope: {scope}`.")  # fmt: skip


def _near(name: str, known: Mapping[str, object] | Sequence[str]) -> str:
    hint = next(iter(get_close_matches(name, list(known), n=1, cutoff=0.5)), None)
    return f"Did you mean '{hint}'?" if hint else f"Known: {', '.join(known) or 'none'}."
