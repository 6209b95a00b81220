"""All that judges are told here, whatever they are asked: no answer should say it."""

from functools import cache

from grasp_ui.judging.choose import choice_inquiry, load_choices
from grasp_ui.judging.compare import comparison
from grasp_ui.judging.instruction_tags import tags_inquiry
from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.judging.wording import score_instruction, token_instruction


@cache
def told_to_judges() -> tuple[str, ...]:
    """What shipped rubrics tell a judge by every method, and all else that is asked.

    Example:
        >>> any("Judge" in text or "judge" in text for text in told_to_judges())
        True
    """
    rubrics = load_rubrics().values()
    return (
        *(score_instruction(rubric) for rubric in rubrics),
        *(token_instruction(rubric) for rubric in rubrics),
        *(comparison(rubric).instruction for rubric in rubrics),
        *(rubric.question for rubric in rubrics),
        *(choice_inquiry(choice).instruction for choice in load_choices().values()),
        tags_inquiry().instruction,
    )
