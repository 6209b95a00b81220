"""An answer that gives away the prompt it was made with."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Annotated, ClassVar

from pydantic import Field

from grasp_ui.judging.told import told_to_judges
from grasp_ui.model.conversation import Thread
from grasp_ui.model.value import Action
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import (
    Finding,
    HeuristicConfig,
    Measured,
    answers,
    finding,
    heuristic,
)
from grasp_ui.tagging.runs import RunIndex, place_of_run, run_index, runs_within
from grasp_ui.tagging.wording import (
    SENTENCE_END,
    Run,
    lowered,
    runs_of,
    span_of_words,
    without_inline_code,
    words_of,
)

# One of these is in every leak but that of words: most texts need no regular expression.
HINTS = ("{{", "[INST", "[/INST", "### ", "ormat:")
# So the tokens in angles begin.
ANGLE = re.compile(r"<(?:[|<]|/?[sSeE])")
ROLE = "ou are a"
ROLE_ENDS = 60
TOKEN = re.compile(
    r"<\|[a-z_]{2,30}\|>|\[/?inst\]|<</?sys>>|<(?:start|end)_of_turn>|</s>(?=\s*$)"
    r"|^### (?:instruction|response|input|system|assistant|human|user):"
    r"|^(?:expected |required )?(?:output|response|answer) format:"
    r"|\A\W*(?:system(?: prompt| message)?:\s*)?you are an? (?:\w+ ){0,3}(?:ai |language "
    r"|virtual )?"
    r"(?:assistant|chatbot|language model)\b",
    re.M,
)
# TeX has double braces too: behind a command, a letter or a dollar they are its own.
PLACEHOLDER = re.compile(r"(?<![\\\w}^{$])\{\{\s*[a-z_][\w .-]{0,40}\}\}(?!\})")
TEMPLATES = re.compile(
    r"\{\{|template|placeholder|jinja|handlebars|mustache|liquid|\bvue\b|angular|mail ?merge"
    r"|\btwig\b"
    r"|ansible|helm"
)
# A user who speaks of prompts and formats may be shown one; so may one who sets a puzzle.
FORMATS = re.compile(r"format|prompt|system message|special token|\btokens?\b|instruction")
SPEECH = (
    r"(?:answer|reply|respond|say|mention|reveal|disclose|discuss|greet|refuse|decline|pretend"
    r"|act (?:as|like)|(?:stay in|break) character|role-?play|speak (?:in|like|as|only|with an?)"
    r"|tell (?:the (?:user|customer|guest|caller|student|patient)|them|him|her|nobody|no one)"
    r"|write (?:in|only|at most|short|all|every)|output|return (?:only|a json|json|your)"
    r"|use (?:an? |only |simple |plain |short |the )*(?:\w+ )?"
    r"(?:tone|language|words|sentences|style|voice|emojis?|markdown)"
    r"|keep (?:your|answers|replies|it) |follow these|limit your|recommend)\b"
)
ADDRESSED = re.compile(
    r"\byou(?:'re| are) (?:an?|the|now|not|playing|acting|going)\b"
    r"|\byour (?:task|job|role|goal|name|persona|answers?|repl(?:y|ies)|responses?|tone|purpose)\b"
    rf"|\byou (?:must |should |will |may |shall |have to |need to )?(?:not |never |always "
    rf"|only )*{SPEECH}"
    r"|^\W*(?:\d+[.)] )?(?:please |always |never |only |do not |don't |under no circumstances "
    rf"|(?:when|if) [^,\n]{{0,80}}, )*{SPEECH}"
    r"|\b(?:du bist|ihre aufgabe|deine aufgabe|antworte|tu es une?|vous êtes une?|réponds|eres una?"
    r"|responde|sei una?|rispondi|você é)\b|你是|请(?:始终|总是)?(?:用|以)|あなたは"
)


class PromptLeakConfig(HeuristicConfig):
    """What gives a prompt away."""

    default_action: ClassVar[Action] = "reject"

    run_length: Annotated[
        int, Field(title="So many words of an instruction in a row", ge=4, le=50)
    ] = 8
    prompts: Annotated[
        tuple[str, ...],
        Field(
            title="Prompts that must not show",
            description="Texts beside the system message, such as those of the graph's nodes.",
        ),
    ] = ()


LOOK = Look(
    "Prompt leak",
    "The answer shows its instructions, a template's token or a name that was not filled in.",
    group="Leaks",
    icon="key_visualizer",
)


@heuristic("prompt_leak", config=PromptLeakConfig, look=LOOK)
def prompt_leak(config: PromptLeakConfig, thread: Thread) -> Iterator[Finding]:
    """Each answer that shows something of a prompt, by the first of these signs.

    - *template token*: `<|im_start|>`, `[INST]`, `### Response:`, `Output format:` and their kin;
    - *name not filled in*: `{{name}}`;
    - *words of an instruction*: a run of `run_length` words of the system message, of one of
      `prompts` or of what a judge is told (by a shipped rubric, for a category or for tags).

    Code counts for none of them, nor does what the user wrote himself. Of a system message only
    its instructions count, the sentences that speak to the assistant (*you are a*, *always
    answer*, *your task*): an answer may repeat the facts that it was given to answer with.
    """
    instructions = tuple(m.content for m in thread.messages if m.role == "system")
    for _, answer in answers(thread):
        leak = _token(thread, answer.content) or _words(
            config, thread, answer.content, instructions
        )
        if leak is not None:
            yield finding(answer, leak)


def _token(thread: Thread, text: str) -> Measured | None:
    if not _may_show_token(text):
        return None
    low, asked = lowered(without_inline_code(text)), _asked(thread)
    found = TOKEN.search(low)
    if found and found.group() not in asked and not FORMATS.search(asked):
        return Measured("template tokens", 1, 0, found.span())
    found = PLACEHOLDER.search(low)
    if found and not TEMPLATES.search(asked):
        return Measured("names not filled in", 1, 0, found.span())
    return None


def _may_show_token(text: str) -> bool:
    if any(map(text.__contains__, HINTS)) or ROLE in text[:ROLE_ENDS]:
        return True
    return "<" in text and ANGLE.search(text) is not None


def _asked(thread: Thread) -> str:
    return "\n".join(lowered(m.content) for m in thread.messages if m.role == "user")


def _words(
    config: PromptLeakConfig, thread: Thread, text: str, instructions: Sequence[str]
) -> Measured | None:
    for index in _indexes(config, instructions):
        if not runs_within(index, words_of(text)):
            continue
        shown = without_inline_code(text)
        words, own = words_of(shown), _own_runs(thread, config.run_length)
        runs = runs_within(index, words) - own
        if runs:
            place = min(place_of_run(words, run) or 0 for run in runs)
            span = span_of_words(shown, place, config.run_length)
            measure = f"runs of {config.run_length} words of an instruction"
            return Measured(measure, len(runs), 0, span)
    return None


def _own_runs(thread: Thread, length: int) -> frozenset[Run]:
    asked = (m.content for m in thread.messages if m.role == "user")
    return frozenset(run for text in asked for run in runs_of(words_of(text), length))


def _indexes(config: PromptLeakConfig, instructions: Sequence[str]) -> Iterator[RunIndex]:
    yield _told(config.run_length)
    if config.prompts:
        yield _given(config.prompts, config.run_length)
    for text in instructions:
        yield _spoken_to_the_assistant(text, config.run_length)


@lru_cache(maxsize=16)
def _told(length: int) -> RunIndex:
    return _given(told_to_judges(), length)


@lru_cache(maxsize=16)
def _given(texts: tuple[str, ...], length: int) -> RunIndex:
    return run_index((run for text in texts for run in runs_of(words_of(text), length)), length)


@lru_cache(maxsize=64)
def _spoken_to_the_assistant(text: str, length: int) -> RunIndex:
    return _given(tuple(_instructions(text)), length)


def _instructions(text: str) -> Iterable[str]:
    return (part for part in SENTENCE_END.split(text) if ADDRESSED.search(lowered(part)))
