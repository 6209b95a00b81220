"""Facts that rules can check: the name, age, job and family state of a person."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Trait = Literal["name", "age", "job", "family"]

JOBS_LIST = (
    "accountant actor actress architect artist astronaut baker barber barista biologist"
    " bookkeeper builder butcher carpenter cashier chef chemist cleaner coach cook dancer"
    " dentist designer detective developer doctor driver economist editor electrician engineer"
    " farmer firefighter fisherman florist gardener geologist hairdresser janitor journalist"
    " judge lawyer lecturer librarian manager mechanic midwife miner model musician nurse"
    " nutritionist optician painter paramedic pharmacist photographer physicist physiotherapist"
    " pilot plumber policeman policewoman politician postman priest principal professor"
    " programmer psychologist realtor receptionist researcher sailor salesman salesperson"
    " scientist secretary singer soldier statistician student surgeon surveyor tailor teacher"
    " therapist translator veterinarian vet waiter waitress welder writer retiree pensioner"
    " homemaker"
)
JOBS = frozenset(JOBS_LIST.split())
# Words that may stand for one job.
SAME_JOB = (
    frozenset({"developer", "programmer", "engineer"}),
    frozenset({"cook", "chef"}),
    frozenset({"doctor", "surgeon"}),
    frozenset({"vet", "veterinarian", "doctor"}),
    frozenset({"professor", "lecturer", "teacher", "researcher", "scientist"}),
    frozenset({"scientist", "biologist", "chemist", "physicist", "geologist", "researcher"}),
    frozenset({"writer", "journalist", "editor"}),
    frozenset({"retiree", "pensioner"}),
    frozenset({"artist", "painter", "musician", "singer", "dancer", "photographer", "actor"}),
    frozenset({"psychologist", "therapist"}),
    frozenset({"waiter", "waitress"}),
    frozenset({"salesman", "salesperson"}),
    frozenset({"actor", "actress"}),
    frozenset({"teacher", "principal", "coach"}),
)
FAMILY = {
    "married": "married", "single": "single", "divorced": "divorced", "widowed": "widowed",
    "unmarried": "single",
}  # fmt: skip
# Capital words after "I'm" or "You are" that are no names.
NO_NAMES_LIST = (
    "A An The I English German French Spanish Italian American British Chinese Indian Japanese"
    " Canadian Dutch Irish Polish Russian Catholic Christian Muslim Jewish Buddhist Sorry Not"
    " Very Just So Really Ok OK Okay From In At On Also Still Interested Happy Looking Trying"
    " New Mr Mrs Ms Dr Speaking Good Fine Here Well Glad Sure"
)
NO_NAMES = frozenset(NO_NAMES_LIST.split())
NAME = r"(?P<name>[A-Z][a-zà-ÿ]+(?:[-'][A-Z][a-zà-ÿ]+)?)(?![\w'’])"
AGE = r"(?P<age>1[0-9]|[2-9]\d)"
JOB_WORDS = r"(?P<job>[\w -]{3,60})"
OF_PERSONA = (
    re.compile(rf"\b(?:[Nn]amed|[Cc]alled|[Nn]ame is|[Nn]ame:) {NAME}"),
    re.compile(rf"^\W*(?:You are |You're |Meet )?{NAME}(?:[A-Z .][\w.]+)?(?=, | is | \()"),
    re.compile(
        rf"\b{AGE}[- ]years?[- ]old\b|\b(?:aged?|age:)\s*{AGE.replace('age', 'aged')}\b", re.I
    ),
    re.compile(r"^\W*(?P<bare>[2-9]\d|1[89]),|, (?P<comma>[2-9]\d|1[89])(?:,| |$)"),
    re.compile(rf"\b(?:an?|as an?|retired|is|job:|occupation:|profession:) {JOB_WORDS}", re.I),
    re.compile(r"\b(?P<family>married|single|divorced|widowed|unmarried)\b(?!\s+\w*\s*room)", re.I),
)
OF_SPEAKER = (
    re.compile(rf"\b(?:[Mm]y name is|[Mm]y name's|I am called|[Tt]his is) {NAME}"),
    re.compile(rf"\b(?:I'm|I’m|I am) {NAME}(?=[.,!;]| and\b|$)"),
    re.compile(rf"\b(?:I'm|I’m|I am) (?:a |an )?{AGE}"
               r"(?:[- ]years?[- ]old|(?=[.,!;]| and\b| now\b|$))", re.I),
    re.compile(rf"\b[Aa]s an? {AGE}[- ]year[- ]old\b"),
    re.compile(rf"\b(?:I'm|I’m|I am|I work as|I've been|I have been|working as|[Mm]y job as)"
               rf" an? {JOB_WORDS}", re.I),
    re.compile(r"\b(?:I'm|I’m|I am) (?P<family>married|single|divorced|widowed|unmarried)\b", re.I),
)  # fmt: skip


class Fact(NamedTuple):
    """What a text says of a person, and where."""

    trait: Trait
    value: str
    start: int
    end: int


def facts_of_persona(text: str) -> dict[Trait, str]:
    """What the description of a person says of him: the first of each trait.

    Example:
        >>> facts_of_persona("You are Ada, a 36-year-old nurse who is married.")
        {'name': 'ada', 'age': '36', 'job': 'nurse', 'family': 'married'}
    """
    facts: dict[Trait, str] = {}
    for pattern in OF_PERSONA:
        for fact in _facts(pattern, text):
            facts.setdefault(fact.trait, fact.value)
    return facts


def facts_of_speaker(text: str) -> Iterator[Fact]:
    """What a speaker says of himself, in the first person.

    Example:
        >>> facts = facts_of_speaker("I'm 41, and I work as a baker.")
        >>> [(fact.trait, fact.value) for fact in facts]
        [('age', '41'), ('job', 'baker')]
    """
    for pattern in OF_SPEAKER:
        yield from _facts(pattern, text)


def agree(trait: Trait, one: str, other: str) -> bool:
    """Whether two values of a trait may be of one person."""
    if trait == "job":
        return one == other or any({one, other} <= alike for alike in SAME_JOB)
    return one == other


def _facts(pattern: re.Pattern[str], text: str) -> Iterator[Fact]:
    for found in pattern.finditer(text):
        for group, said in found.groupdict().items():
            fact = said and _fact(group, said)
            if fact:
                yield Fact(*fact, *found.span(group))


def _fact(group: str, said: str) -> tuple[Trait, str] | None:
    match group:
        case "name":
            return None if said in NO_NAMES else ("name", said.lower())
        case "age" | "aged" | "bare" | "comma":
            return "age", said
        case "job":
            return _job(said)
        case _:
            return "family", FAMILY[said.lower()]


def _job(said: str) -> tuple[Trait, str] | None:
    """The first job in the words after an article, before another thought begins."""
    thought = re.split(r"\b(?:who|that|and|with|in|at|from|for|to|of|on|my|but)\b", said.lower())[0]
    jobs = [word for word in re.split(r"[\s-]+", thought) if word in JOBS]
    return ("job", jobs[-1]) if jobs else None
