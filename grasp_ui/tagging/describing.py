"""What a model says of a task besides scores: category, difficulty, intent, tags."""

from collections.abc import Iterator
from random import Random

from grasp_ui.judging.choose import Chosen, choice_inquiry, choose, load_choices
from grasp_ui.judging.inquiry import Heard, Send
from grasp_ui.judging.instruction_tags import InstructionTag, instruction_tags_of, tags_inquiry
from grasp_ui.model.edits import EDIT
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import JsonObject
from grasp_ui.tagging.armed import Described
from grasp_ui.tagging.questions import UNPARSED, Outcome, Put, Question
from grasp_ui.tagging.subjects import Subject


def described_by(name: Described, dialogue: str) -> tuple[str, Put]:
    """The version of a question about the task of `dialogue`, and what puts it."""
    if name == "instruction_tags":
        return tags_inquiry().version, _instruction_tags(dialogue)
    inquiry = choice_inquiry(load_choices()[name])

    async def put(chance: Random, send: Send) -> Outcome:
        return _chosen(await choose(inquiry, dialogue, chance, send))

    return inquiry.version, put


def _instruction_tags(dialogue: str) -> Put:
    async def put(chance: Random, send: Send) -> Outcome:
        return _tagged(await instruction_tags_of(dialogue, chance, send))

    return put


def _tagged(heard: Heard[tuple[InstructionTag, ...]]) -> Outcome:
    if heard.found is None:
        return Outcome(fault=heard.fault or "unreadable", said=heard.said)
    return Outcome(evidence={"tags": {one.name: one.explanation for one in heard.found}})


def _chosen(heard: Heard[Chosen]) -> Outcome:
    if heard.found is None:
        return Outcome(fault=heard.fault or "unreadable", said=heard.said)
    return Outcome(value=heard.found.value, reason=heard.found.reason)


def description_tags(
    name: Described, question: Question, outcome: Outcome, task: Subject
) -> Iterator[Tag]:
    """The tags of what was said; that it could not be read is one of its own."""
    mark: JsonObject = {EDIT: task.mark} if task.mark else {}
    tag = Tag(target=task.target, name=name, value=outcome.value, source="judge",
              author=question.model, version=question.version)  # fmt: skip
    if outcome.fault:
        evidence = {"fault": outcome.fault, "said": outcome.said}
        yield tag.model_copy(
            update={"name": UNPARSED, "element": question.name, "value": outcome.fault,
                    "action": "warn", "evidence": evidence | mark}
        )  # fmt: skip
    elif name == "instruction_tags":
        for element, why in outcome.evidence.get("tags", {}).items():
            said = {"reason": why} | mark
            yield tag.model_copy(update={"element": element, "value": True, "evidence": said})
    else:
        reason = {"reason": outcome.reason} if outcome.reason else {}
        yield tag.model_copy(update={"evidence": reason | mark})
