"""Whether a preference is wide enough: margins on the scale of what was asked."""

from typing import Annotated

from pydantic import Field

from grasp_ui.model.comparison import is_human
from grasp_ui.model.judged import Width, width
from grasp_ui.model.preference import Preference
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import Value


class Margins(Value):
    """How far apart two answers must be; what people prefer needs no margin."""

    minimum_probability_margin: Annotated[
        float,
        Field(
            title="Margin of P(yes)", description="Where a judge gave probabilities.", ge=0, le=1
        ),
    ] = 0.1
    minimum_points_margin: Annotated[
        float, Field(title="Margin in points", description="Where a judge gave 1 to 5.", ge=0, le=4)
    ] = 1.0
    minimum_chosen_points: Annotated[
        float,
        Field(
            title="Points of the chosen answer",
            description="Where a judge gave 1 to 5.",
            ge=1,
            le=5,
        ),
    ] = 4.0


def margin_fault(margins: Margins, preference: Preference, tagged: TaggedConversation) -> str:
    """Why `preference` is not wide enough; empty where it is.

    Where a person overrode the judge's value of an answer, the person's value counts: the
    preference is then withheld if it no longer holds, but never turned round. A preference
    without the scores that it came from is held against the margin of P(yes) only.
    """
    return "" if is_human(preference) else width_fault(margins, width(preference, tagged))


def width_fault(margins: Margins, wide: Width) -> str:
    """Why two answers are not far enough apart; empty where they are."""
    if not wide.in_points:
        return _too_small(wide.margin, margins.minimum_probability_margin)
    if wide.chosen is not None and wide.chosen < margins.minimum_chosen_points:
        return "chosen answer scores too low"
    return _too_small(wide.margin, margins.minimum_points_margin)


def _too_small(margin: float, minimum: float) -> str:
    return "margin too small" if margin < minimum else ""
