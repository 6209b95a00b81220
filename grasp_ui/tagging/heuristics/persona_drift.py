"""A user who says of himself what his persona is not."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import ClassVar

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.value import Action
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig, Measured, finding, tree_heuristic
from grasp_ui.tagging.personas import Fact, Trait, agree, facts_of_persona, facts_of_speaker

NAMES = ("persona", "user_persona")


class PersonaDriftConfig(HeuristicConfig):
    """The rule has no thresholds: two facts agree or do not."""

    default_action: ClassVar[Action] = "info"


LOOK = Look(
    "Persona drift",
    "The user says another name, age, job or family state than the persona of the seed has.",
    group="Self-play",
    icon="theater_comedy",
)


@tree_heuristic("persona_drift", config=PersonaDriftConfig, look=LOOK)
def persona_drift(config: PersonaDriftConfig, conversation: Conversation) -> Iterator[Finding]:
    """Each message of the user that contradicts `persona` of variables or seed.

    Compared are what rules can read: name, age, job and family state, as the persona has them
    and as the user states them in the first person. A persona of other words is never
    contradicted: a judge has to look. The value is the trait.
    """
    persona = next(
        (str(where[name]) for where in (conversation.variables, conversation.seed)
         for name in NAMES if isinstance(where.get(name), str)), "",
    )  # fmt: skip
    facts = _facts(persona) if persona else {}
    for message in conversation.messages if facts else ():
        strange = _strange(message, facts) if message.role == "user" else []
        if strange:
            yield _found(message, strange, facts)


@lru_cache(maxsize=256)
def _facts(persona: str) -> dict[Trait, str]:
    return facts_of_persona(persona)


def _strange(message: Message, facts: Mapping[Trait, str]) -> list[Fact]:
    return [
        fact
        for fact in facts_of_speaker(message.content)
        if fact.trait in facts and not agree(fact.trait, fact.value, facts[fact.trait])
    ]


def _found(message: Message, strange: list[Fact], facts: Mapping[Trait, str]) -> Finding:
    first = strange[0]
    measure = f"{first.trait}: {first.value}, of the persona {facts[first.trait]}"
    measured = Measured(measure, len(strange), 0, (first.start, first.end))
    return finding(message, measured, value=first.trait)
