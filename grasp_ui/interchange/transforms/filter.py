"""Keeps the rows for which a condition holds."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from grasp_ui.interchange.rows import SetAside
from grasp_ui.interchange.seed_transform import Items, Selecting, seed_transform
from grasp_ui.model.fields import ConditionText
from grasp_ui.model.value import JsonObject, Value
from grasp_ui.registry import Look
from grasp_ui.text.conditions import ConditionFailed, InvalidCondition, condition
from grasp_ui.text.templates import UnknownVariable


def _readable(text: str) -> str:
    try:
        condition(text)
    except InvalidCondition as error:
        raise ValueError(str(error)) from error
    return text


class FilterConfig(Selecting, Value):
    """Which rows are kept."""

    when: Annotated[
        ConditionText,
        AfterValidator(_readable),
        Field(title="Condition", description="For example: score > 3 and topic != 'tea'"),
    ] = "true"

    @model_validator(mode="before")
    @classmethod
    def _from_condition(cls, written: Any) -> Any:
        return {"when": written} if isinstance(written, str) else written


LOOK = Look("Filter", "Keeps the rows for which a condition holds.", icon="filter_alt")


@seed_transform("filter", config=FilterConfig, look=LOOK)
def filter(config: FilterConfig, rows: Iterator[JsonObject]) -> Items:
    """The rows for which the condition holds; what cannot be compared is set aside."""
    holds = condition(config.when)
    for number, row in enumerate(rows, start=1):
        try:
            if holds(row):
                yield row
        except (ConditionFailed, UnknownVariable) as error:
            yield SetAside(number, str(error), unit="row")
