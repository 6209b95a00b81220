"""Tags of what a person asks for, with explanations, in InsTag's manner."""

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from grasp_ui.judging.choose import about
from grasp_ui.judging.inquiry import Heard, Inquiry, Send, inquire
from grasp_ui.judging.strict_json import UnreadableJudgement, object_of, plain, shown
from grasp_ui.judging.tag_words import normal_tag
from grasp_ui.judging.wording import NOTE, closed
from grasp_ui.llm.port import Reply
from grasp_ui.llm.schema import json_format
from grasp_ui.model.value import identity

MOST_TAGS = 12
"""More than that is no list of intentions: the reply is unreadable."""
MOST_LETTERS = 60
TASK = """\
You tag what the person asks for in a dialogue. Name every intention that its last user message \
has: the task, the subject, the form that is wanted, each condition that is set. A tag is one to \
four words in English, in lower case, general enough to be used for other dialogues too \
("creative writing", "sql query", "word limit", "role play"), never a name out of the text. \
Explain each tag in one sentence. Where the message asks for nothing, the list is empty."""
FORM = 'Answer with one JSON object and nothing else: {"tags": [{"explanation": …, "tag": …}, …]}'
QUESTION = "Tag the last user message."


@dataclass(frozen=True, slots=True)
class InstructionTag:
    """One intention: the tag in normal form, and why it is there."""

    name: str
    explanation: str = ""


@cache
def tags_inquiry() -> Inquiry:
    """The question for instruction tags, made ready."""
    text = {"type": "string"}
    tag = closed({"explanation": text, "tag": text})
    schema = closed({"tags": {"type": "array", "items": tag}})
    instruction = f"{TASK}\n\n{NOTE}\n\n{FORM}"
    return Inquiry(
        version=f"instruction_tags@{identity(instruction, QUESTION)[:8]}",
        instruction=instruction,
        schema=schema,
        settings=json_format(schema, "instruction_tags"),
    )


async def instruction_tags_of(
    dialogue: str, chance: Random, send: Send
) -> Heard[tuple[InstructionTag, ...]]:
    """Ask for the intentions of the last user message of `dialogue`.

    Raises:
        CallFailure: a call failed for another reason than an unreadable answer.
    """
    inquiry = tags_inquiry()
    return await inquire(
        about(inquiry, dialogue, chance, end=QUESTION),
        lambda messages: send(messages, inquiry),
        lambda reply: instruction_tags(reply, dialogue),
    )


def instruction_tags(reply: Reply, dialogue: str = "") -> tuple[InstructionTag, ...]:
    """Read the tags of a reply, each once, in its order.

    Raises:
        UnreadableJudgement: there is no list of tags, or a part of it is none.
    """
    found = object_of(reply, dialogue)
    listed = found.get("tags") if isinstance(found, dict) else None
    if not isinstance(listed, list) or len(listed) > MOST_TAGS:
        what = f"The answer has no list `tags` of at most {MOST_TAGS}; found {shown(listed)}."
        raise UnreadableJudgement("no_tags", what)
    tags: dict[str, InstructionTag] = {}
    for tag in map(_tag, listed):
        tags.setdefault(tag.name, tag)
    return tuple(tags.values())


def _tag(part: Any) -> InstructionTag:
    written = part.get("tag") if isinstance(part, dict) else None
    name = normal_tag(plain(written)) if isinstance(written, str) else ""
    if not name or len(name) > MOST_LETTERS:
        what = f"A tag is a few words, at most {MOST_LETTERS} letters; found {shown(written)}."
        raise UnreadableJudgement("no_tags", what)
    return InstructionTag(name, plain(part.get("explanation")))
