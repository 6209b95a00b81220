"""Answers that copy: the prompt, or an earlier answer."""

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

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
from grasp_ui.tagging.wording import (
    lowered,
    runs_of,
    share,
    span_of_words,
    without_code,
    word_set,
    words_of,
)

GROUP = "Copying"
# A user who asks for work on a text gets that text back.
WORK_ON_TEXT = re.compile(
    r"\b(?:correct|fix|edit|rewrite|rephrase|paraphrase|proofread|repeat|improve|format|reformat"
    r"|convert|translate|continue|complete|finish|quote|copy|extract|highlight|insert|replace"
    r"|fill in|punctuat\w+|capitali[sz]e|shorten|shorter|longer|expand|summari[sz]e|polish|revise"
    r"|grammar|spelling|annotate|transcribe|debug|refactor|recite|echo|sort|add|remove|change"
    r"|break|split|divide|combine|merge|arrange|rearrange|organi[sz]e|group|paragraphs?"
    r"|instead|again|once more|same|korrigiere|verbessere|übersetze|wiederhole|ändere|corrige"
    r"|traduis|traduce|repite|répète|correggi|traduci|исправь|переведи|повтори)\b"
    r"|翻译|修改|润色|纠正|改成|重复|訳し|直し|繰り返"
)
# What is asked for stands in so many characters before or behind the text itself.
ASK = 80
SAY_AGAIN = re.compile(
    r"\b(?:repeat|again|once more|same (?:answer|text)|say that|wiederhole|noch ?mal|repite|répète"
    r"|повтори)\b|重复|再说|繰り返|もう一度"
)


class EqualConfig(HeuristicConfig):
    """From which length on equal texts are no chance."""

    default_action: ClassVar[Action] = "reject"

    minimum_words: Annotated[
        int, Field(title="Words below which texts may be equal", ge=1, le=100)
    ] = 4


class ContainsConfig(HeuristicConfig):
    """How much of the prompt an answer may have in it."""

    run_length: Annotated[int, Field(title="Words in a run", ge=3, le=50)] = 8
    maximum_share: Annotated[
        float, Field(title="Largest share of the prompt's runs", ge=0, le=1)
    ] = 0.6
    minimum_words: Annotated[
        int,
        Field(
            title="Words below which a prompt may be restated",
            description="An answer may begin with the question, as people are taught to.",
            ge=1,
        ),
    ] = 20


class RepeatsConfig(HeuristicConfig):
    """How alike two answers of one thread may be."""

    default_action: ClassVar[Action] = "reject"

    maximum_likeness: Annotated[
        float, Field(title="Largest likeness", description="Shared words / all words.", ge=0, le=1)
    ] = 0.9
    minimum_words: Annotated[
        int, Field(title="Different words below which answers may be alike", ge=1, le=200)
    ] = 10


@heuristic(
    "answer_equals_prompt",
    config=EqualConfig,
    look=Look(
        "Answer equals prompt",
        "The answer says the message before it again, word for word.",
        group=GROUP,
        icon="content_copy",
    ),
)
def answer_equals_prompt(config: EqualConfig, thread: Thread) -> Iterator[Finding]:
    """Each answer that has the words of the user's message before it, and no other.

    Case, marks and white space do not count. Texts of fewer than `minimum_words` words may be
    equal: a greeting is answered by a greeting.
    """
    for prompt, answer in answers(thread):
        if prompt is None or prompt.role != "user" or not prompt.content:
            continue
        if abs(len(prompt.content) - len(answer.content)) * 4 > len(prompt.content) + 40:
            continue
        words = words_of(answer.content)
        if len(words) >= config.minimum_words and words == words_of(prompt.content):
            span = (0, len(answer.content))
            equal = Measured("equal words", len(words), config.minimum_words, span)
            yield finding(answer, equal)


@heuristic(
    "answer_contains_prompt",
    config=ContainsConfig,
    look=Look(
        "Answer contains prompt",
        "Most of the question stands in the answer, which was not asked to work on it.",
        group=GROUP,
        icon="file_copy",
    ),
)
def answer_contains_prompt(config: ContainsConfig, thread: Thread) -> Iterator[Finding]:
    """Each answer with too much of the message before it in it.

    Containment = runs of `run_length` words of the prompt that are also runs of the answer /
    runs of the prompt (Broder 1997, "On the resemblance and containment of documents"), code
    left out. Prompts that ask for work on a text (*correct*, *translate*, *continue*) do not
    count, nor does an answer that equals the prompt, which `answer_equals_prompt` finds.
    """
    for prompt, answer in answers(thread):
        if prompt is None or prompt.role != "user":
            continue
        # Half of the words of so much text must be there: a much shorter answer has them not.
        if len(answer.content) < config.maximum_share * len(prompt.content) / 2:
            continue
        asked, told = without_code(prompt.content), without_code(answer.content)
        number, place = _containment(config, asked, told)
        if number > config.maximum_share and not _asks_for_work(prompt.content):
            span = span_of_words(told, place, config.run_length)
            measure = f"share of the prompt's runs of {config.run_length} words"
            found = Measured(measure, number, config.maximum_share, span)
            yield finding(answer, found, value=number, score=round(1 - number, 4))


def _asks_for_work(text: str) -> bool:
    """Whether `text` says at its beginning or its end that it is to be worked on."""
    low = lowered(text)
    return bool(WORK_ON_TEXT.search(low[:ASK]) or WORK_ON_TEXT.search(low[-ASK:]))


def _containment(config: ContainsConfig, asked: str, told: str) -> tuple[float, int]:
    """The containment, and the number of the answer's word at which it begins."""
    wanted, words = words_of(asked), words_of(told)
    if len(wanted) < max(config.minimum_words, config.run_length) or wanted == words:
        return 0.0, 0
    # Runs are shared only where so many words in a row are.
    shared_words = bytes(map(word_set(told).__contains__, wanted))
    if b"\x01" * config.run_length not in shared_words:
        return 0.0, 0
    runs, own = runs_of(words, config.run_length), set(runs_of(wanted, config.run_length))
    shared = own.intersection(runs)
    place = next((n for n, run in enumerate(runs) if run in shared), 0)
    return share(len(shared), len(own)), place


@heuristic(
    "answer_repeats_answer",
    config=RepeatsConfig,
    look=Look(
        "Answer repeats answer",
        "The answer is nearly the same as an earlier one of the dialogue.",
        group=GROUP,
        icon="repeat_on",
    ),
)
def answer_repeats_answer(config: RepeatsConfig, thread: Thread) -> Iterator[Finding]:
    """Each answer that is nearly an earlier answer of its thread.

    Likeness = different words of both / different words of either (Jaccard 1912) > .9, for
    answers of at least `minimum_words` different words. Where the prompt asks for work on the
    earlier answer only an unchanged one counts; where it asks to hear it again, none.
    """
    earlier: list[str] = []
    for prompt, answer in answers(thread):
        asked = prompt.content if prompt is not None and earlier else ""
        number = max((_likeness(config, text, answer.content) for text in earlier), default=0.0)
        earlier.append(answer.content)
        if number <= config.maximum_likeness or SAY_AGAIN.search(lowered(asked)):
            continue
        if _asks_for_work(asked) and answer.content not in earlier[:-1]:
            continue
        span = (0, len(answer.content))
        alike = Measured("shared words", number, config.maximum_likeness, span)
        yield finding(answer, alike, value=number, score=round(1 - number, 4))


def _likeness(config: RepeatsConfig, first: str, second: str) -> float:
    one, other = word_set(first), word_set(second)
    smaller, larger = sorted((len(one), len(other)))
    if smaller < config.minimum_words or smaller <= config.maximum_likeness * larger:
        return 0.0
    shared = len(one & other)
    return share(shared, len(one) + len(other) - shared)
