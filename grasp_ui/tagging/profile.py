"""Tagging profiles: which rules run, which judges are asked, what it means."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from grasp_ui.errors import UnreadableFile
from grasp_ui.judging.ask import Method
from grasp_ui.model.value import Action, JsonObject, Score, Value, identity

BY_CATEGORY = "by_category"
PAIRWISE = "pairwise"
Scope = Literal["last_answer", "every_answer", "siblings", "conversation"]
Passing = Literal["kept", "clean", "all"]
PASSING: dict[Passing, str] = {
    "kept": "conversations that no rule drops",
    "clean": "conversations about which no rule rejects or warns",
    "all": "every conversation",
}


class RuleSetting(Value):
    """One rule in a profile: whether it runs, what a firing means, and its thresholds.

    Without an `action` it is the rule's own default; `config` needs only what differs.
    """

    enabled: bool = True
    action: Action | None = None
    config: JsonObject = Field(default_factory=dict)


class JudgeSetting(Value):
    """One rubric that is put to one model, or to a panel of several.

    `models` are names of Settings; none: the only one that Settings have. `minimum` is on the
    rubric's own scale (0 to 1 for the method `p_yes`), `action` is what less than that means.
    """

    rubric: Annotated[
        str,
        Field(title="Rubric", description="A rubric's name, or by_category.", min_length=1),
    ] = BY_CATEGORY
    method: Annotated[Method | Literal["pairwise"], Field(title="Method")] = "schema"
    models: Annotated[tuple[str, ...], Field(title="Models")] = ()
    samples: Annotated[
        int, Field(title="Samples", description="Each model is asked so often.", ge=1, le=25)
    ] = 1
    minimum: Annotated[float | None, Field(title="Minimum")] = None
    action: Annotated[Literal["reject", "warn", "info"], Field(title="Below it")] = "reject"
    scope: Annotated[Scope, Field(title="What is judged")] = "last_answer"

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if len(set(self.models)) != len(self.models):
            raise ValueError("models: a model is named twice; for several answers use samples")
        if self.method != PAIRWISE:
            return self
        if self.scope != "siblings":
            raise ValueError("method pairwise compares siblings; set `scope: siblings`")
        if self.samples > 1:
            raise ValueError("method pairwise asks in both orders already; leave `samples` out")
        if self.minimum is not None:
            raise ValueError("method pairwise gives no score; leave `minimum` out")
        return self


class DescribeSetting(Value):
    """What else a model says of a conversation; nothing of it drops any.

    The category is asked for also where a judge goes by it. `model` is a name of Settings;
    empty: that of the first judge.
    """

    model: Annotated[str, Field(title="Model")] = ""
    category: Annotated[bool, Field(title="Category")] = False
    instruction_tags: Annotated[bool, Field(title="Instruction tags")] = False
    difficulty: Annotated[bool, Field(title="Difficulty")] = False
    intent: Annotated[bool, Field(title="Intent")] = False


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a profile, for a page: what it does, and what goes on from it."""

    name: Literal["rules", "judges"]
    does: tuple[str, ...]
    passes: str


class Profile(Value):
    """A tagging profile. A rule that it does not name does not run.

    Judges are asked about what `only` lets pass. A judge's score under `minimum_judge_score`
    rejects; None: no judge's score does.
    """

    name: str
    title: str = ""
    description: str = ""
    rules: dict[str, RuleSetting] = Field(default_factory=dict)
    only: Annotated[Passing, Field(title="What judges see")] = "kept"
    judges: tuple[JudgeSetting, ...] = ()
    describe: DescribeSetting = DescribeSetting()
    minimum_judge_score: Annotated[Score | None, Field(title="Minimum judge score")] = None

    @property
    def asks_models(self) -> bool:
        """Whether it has a stage two."""
        said = self.describe.model_dump(exclude={"model"})
        return bool(self.judges) or any(said.values())

    @property
    def asks_for_category(self) -> bool:
        """Whether each conversation's category is asked for."""
        return self.describe.category or any(one.rubric == BY_CATEGORY for one in self.judges)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Its stages in their order, with what passes from each to the next."""
        rules = tuple(name for name, rule in self.rules.items() if rule.enabled)
        first = Stage("rules", rules, PASSING[self.only] if self.asks_models else "everything")
        if not self.asks_models:
            return (first,)
        asked = self.describe.model_dump(exclude={"model"})
        if self.asks_for_category:
            asked["category"] = True
        described = tuple(name for name, is_on in asked.items() if is_on)
        judged = tuple(one.rubric for one in self.judges)
        return (first, Stage("judges", (*described, *judged), "conversations that none rejects"))

    @property
    def version(self) -> str:
        """Hash of what the profile does: its name, title and description do not count."""
        meant = self.model_dump(mode="json", exclude={"name", "title", "description"})
        return identity(meant)[:8]


def load_profiles(folder: Path) -> dict[str, Profile]:
    """The profiles in `folder` by the names of their files; none without a folder.

    Raises:
        UnreadableFile: a file is not a profile; the message names it and what is wrong.
    """
    files = sorted(folder.glob("*.yaml"))
    return {file.stem: read_profile(file.stem, _text(file)) for file in files}


@lru_cache(maxsize=256)
def read_profile(name: str, text: str) -> Profile:
    """The profile that `text` (YAML) describes.

    Raises:
        UnreadableFile: it is not YAML, or not a profile.
    """
    try:
        found = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise UnreadableFile(f"The tagging profile '{name}' is not YAML: {error}") from error
    if not isinstance(found, dict):
        raise UnreadableFile(f"The tagging profile '{name}' is empty. Give it at least `rules:`.")
    try:
        return Profile.model_validate({"name": name, **found})
    except ValidationError as error:
        raise UnreadableFile(_in_words(name, error)) from error


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"The tagging profile {file.name} cannot be read: {error}") from error


def _in_words(name: str, error: ValidationError) -> str:
    faults = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    return f"The tagging profile '{name}' cannot be read. {'; '.join(faults)}."
