"""What kind of task a dialogue sets, and which rubric its answer is judged by."""

from functools import cache
from random import Random

from grasp_ui.errors import UnknownName
from grasp_ui.judging.choose import ChoiceInquiry, Chosen, choice_inquiry, choose, load_choices
from grasp_ui.judging.inquiry import Heard, Send


@cache
def category_inquiry() -> ChoiceInquiry:
    """The question for the category, made ready."""
    return choice_inquiry(load_choices()["category"])


def categories() -> tuple[str, ...]:
    """The names of all categories, `others` last."""
    return tuple(str(option.value) for option in category_inquiry().choice.options)


async def category_of(dialogue: str, chance: Random, send: Send) -> Heard[Chosen]:
    """Ask for the category of what the last user message of `dialogue` sets.

    Raises:
        CallFailure: a call failed for another reason than an unreadable answer.
    """
    return await choose(category_inquiry(), dialogue, chance, send)


def rubric_for(category: str) -> str:
    """The name of the rubric by which answers to tasks of a category are judged.

    Raises:
        UnknownName: there is no such category.

    Example:
        >>> rubric_for("math"), rubric_for("others")
        ('response_math', 'response_quality')
    """
    for option in category_inquiry().choice.options:
        if option.value == category:
            return option.rubric
    known = ", ".join(categories())
    raise UnknownName(f"There is no category '{category}': write one of {known}.")
