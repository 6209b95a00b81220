"""A language that was not wished for, by what is declared and by the prompt."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.value import Action
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import (
    Finding,
    HeuristicConfig,
    Measured,
    finding,
    tree_heuristic,
)
from grasp_ui.tagging.language import (
    clear_language,
    has_letters,
    kin,
    likely_languages,
    plain_language,
    probability,
)
from grasp_ui.tagging.language_names import asks_for_another_language, code_of, languages_named
from grasp_ui.tagging.lineage import above, answers_of

GROUP = "Language"
# Columns of a seed, and variables of a record, that say its language.
DECLARING = ("language", "lang")

Probability = Annotated[float, Field(title="Sure from this probability on", ge=0, le=1)]
Letters = Annotated[
    int,
    Field(
        title="Letters below which nothing is said",
        description="Outside code; a character of a script without spaces counts as two.",
        ge=1,
    ),
]


class MismatchConfig(HeuristicConfig):
    """Which languages are expected, and how sure a rejection has to be."""

    default_action: ClassVar[Action] = "reject"

    expected: Annotated[
        tuple[str, ...],
        Field(
            title="Expected languages",
            description="Codes or names. Empty: what `language` or `lang` of the seed says.",
        ),
    ] = ()
    minimum_probability: Probability = 0.7
    maximum_expected: Annotated[
        float, Field(title="Most probability of an expected language", ge=0, le=1)
    ] = 0.15
    minimum_letters: Letters = 20


class SwitchConfig(HeuristicConfig):
    """How sure both languages have to be."""

    minimum_probability: Probability = 0.6
    minimum_letters: Letters = 20


@tree_heuristic(
    "language_mismatch",
    config=MismatchConfig,
    look=Look(
        "Another language",
        "A message is in another language than its seed or the profile declares.",
        group=GROUP,
        icon="translate",
    ),
)
def language_mismatch(config: MismatchConfig, conversation: Conversation) -> Iterator[Finding]:
    """Each message of user or assistant in a language that was not declared.

    The languages declared are those of the config; where it names none, `language` or `lang`
    among the variables or in the seed; where these say nothing, or nothing known, the rule is
    silent. A message is held against them by fastText's model lid.176 (Joulin et al. 2016): p of
    the likeliest language ≥ .7 while p of the declared ones and their close kin ≤ .15. It passes
    where it, or a message above it, names the language or speaks of translating.
    """
    expected = declared_languages(config.expected, conversation.variables, conversation.seed)
    if not expected:
        return
    for message in conversation.messages:
        if message.role not in ("user", "assistant"):
            continue
        if plain_language(message.content) in expected:
            continue
        likely = likely_languages(message.content, config.minimum_letters)
        if not likely or likely[0][1] < config.minimum_probability:
            continue
        held = probability(likely, expected)
        if held <= config.maximum_expected and not _is_asked_for(
            likely[0][0], (message, *above(message, conversation))
        ):
            measure = f"probability of {', '.join(sorted(expected))}"
            measured = Measured(measure, held, config.maximum_expected, (0, len(message.content)))
            yield finding(message, measured, value=likely[0][0])


@tree_heuristic(
    "language_switch",
    config=SwitchConfig,
    look=Look(
        "Language switched",
        "The answer is in another language than its prompt, which did not ask for it.",
        group=GROUP,
        icon="translate",
    ),
)
def language_switch(config: SwitchConfig, conversation: Conversation) -> Iterator[Finding]:
    """Each answer whose language is not that of the prompt before it.

    Both have p ≥ .6 (fastText's lid.176) and ≥ 20 letters outside code, and are no close kin.
    It passes where a message up to the prompt names the answer's language or speaks of
    translating, and where a line of the prompt is in the answer's language.
    """
    for prompt, answer in answers_of(conversation):
        if prompt.role != "user":
            continue
        languages = _switched(config, prompt.content, answer.content)
        if languages is None:
            continue
        asked, given, sure = languages
        before = above(answer, conversation)
        if not _is_asked_for(given, before) and not _has_line_in(given, prompt):
            measure = f"probability of {given} after a prompt in {asked}"
            span = (0, len(answer.content))
            measured = Measured(measure, sure, config.minimum_probability, span)
            yield finding(answer, measured, value=given)


def _switched(config: SwitchConfig, prompt: str, answer: str) -> tuple[str, str, float] | None:
    """The two languages, and how sure that of the answer is; None where they are alike."""
    plain, before = plain_language(answer), plain_language(prompt)
    if plain is not None and plain == before:
        return None
    if not all(has_letters(text, config.minimum_letters) for text in (answer, prompt)):
        return None
    # Of two texts the one in doubt is asked about first: where it is not sure nothing is.
    doubted, other = (prompt, answer) if before is None else (answer, prompt)
    likely = _sure(config, doubted)
    if likely is None or likely[0] in kin(clear_language(other) or ""):
        return None
    if _sure(config, other) is None:
        return None
    asked, given = _sure(config, prompt), _sure(config, answer)
    if not asked or not given or given[0] in kin(asked[0]):
        return None
    return asked[0], *given


def _sure(config: SwitchConfig, text: str) -> tuple[str, float] | None:
    """The language of `text` and how probable it or its kin is; None where it is not sure."""
    likely = likely_languages(text, config.minimum_letters)
    if not likely:
        return None
    sure = probability(likely, frozenset({likely[0][0]}))
    return (likely[0][0], sure) if sure >= config.minimum_probability else None


def declared_languages(
    expected: Iterable[str], variables: Mapping[str, object], seed: Mapping[str, object]
) -> frozenset[str]:
    """The codes of the languages declared: by `expected`, variables or seed."""
    places = (where.get(name) for where in (variables, seed) for name in DECLARING)
    said: object = list(expected) or next(filter(None, places), ())
    named = [said] if isinstance(said, str) else said if isinstance(said, list | tuple) else []
    return frozenset(code for one in named if (code := code_of(str(one))))


def _is_asked_for(language: str, messages: Iterable[Message]) -> bool:
    return any(
        not languages_named(message.content).isdisjoint(kin(language))
        or asks_for_another_language(message.content)
        for message in messages
    )


def _has_line_in(language: str, prompt: Message) -> bool:
    lines = [line for line in prompt.content.split("\n") if line.strip()]
    return len(lines) > 1 and any(
        likely and likely[0][0] in kin(language)
        for likely in (likely_languages(line, 8) for line in lines)
    )
