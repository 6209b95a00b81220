"""What a tagging by judges will use, told before the first call."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from random import Random
from typing import Any

from grasp_ui.errors import GraspError
from grasp_ui.judging.category import categories
from grasp_ui.judging.inquiry import Inquiry, WireMessages
from grasp_ui.llm.port import Reply, Usage
from grasp_ui.llm.prices import Price
from grasp_ui.services.pricing import price_of
from grasp_ui.services.stage_two import Wish, ready
from grasp_ui.services.stage_two_ready import StageTwo
from grasp_ui.services.stage_two_source import Due, due_conversations
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import conversations
from grasp_ui.store.judge_calls import ReplyLength, reply_lengths
from grasp_ui.tagging.judged import due_questions
from grasp_ui.tagging.profile import BY_CATEGORY
from grasp_ui.tagging.questions import Question
from grasp_ui.tagging.rounds import description_of, rounds_of

LETTERS = 4
"""Characters of a prompt that are counted as one token."""
ENOUGH = 20
"""From so many replies on, their mean length stands for those to come."""
TEXT_TOKENS = (8, 60)
"""How many tokens a text in a judge's reply takes, at least and at most."""
HOW = (
    "Tokens of prompts: their characters divided by four. Tokens of replies: the mean of earlier "
    "ones of the same judge, where there are twenty, else from the form of the reply. Where a "
    "category is not known yet, the shortest and the longest rubric. Repairs are not counted."
)


@dataclass(frozen=True, slots=True)
class Range:
    """A sum to come: at least, and at most."""

    low: float = 0.0
    high: float = 0.0

    def __add__(self, other: "Range") -> "Range":
        """Both together."""
        return Range(self.low + other.low, self.high + other.high)


@dataclass(frozen=True, slots=True)
class Uses:
    """Calls, tokens and dollars to come; dollars of models whose price is known."""

    calls: Range = field(default_factory=Range)
    prompt_tokens: Range = field(default_factory=Range)
    reply_tokens: Range = field(default_factory=Range)
    usd: Range = field(default_factory=Range)

    def __add__(self, other: "Uses") -> "Uses":
        """Both together."""
        return Uses(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.reply_tokens + other.reply_tokens,
            self.usd + other.usd,
        )


@dataclass(frozen=True, slots=True)
class JudgingForecast:
    """What is asked about `passed` of `conversations`; `known` needs no call.

    `unpriced` names the models whose calls are not in the dollars. `how` says how tokens are
    estimated.
    """

    conversations: int
    passed: int
    known: int
    uses: Uses
    unpriced: tuple[str, ...] = ()
    how: str = HOW

    @property
    def is_free(self) -> bool:
        """Whether it is known to cost nothing."""
        return not self.unpriced and self.uses.usd.high == 0


def forecast_judging(workspace: Workspace, wish: Wish) -> JudgingForecast:
    """What judging would use, counted over all that is selected; asks nobody.

    Raises:
        NotFound: there is no such profile.
        UnreadableFile: the profile's judges cannot be asked; the message says why.
        CannotTag: the profile has no judges, or a ceiling in dollars cannot be held.
    """
    stage_two = ready(workspace, wish)
    workspace.database.settle()
    lengths = reply_lengths(workspace.database)
    counter = _Counter(stage_two, lengths)
    pages = due_conversations(
        workspace.database,
        stage_two.armed,
        wish.selection,
        counter.key,
        retries_unparsed=wish.retries_unparsed,
    )
    passed, known, uses = 0, 0, Uses()
    for due in chain.from_iterable(pages):
        if due.passes:
            passed += 1
            found = counter.uses_of(due)
            known, uses = known + found[0], uses + found[1]
    total = conversations.count(workspace.database, wish.selection)
    return JudgingForecast(total, passed, known, uses, stage_two.unpriced)


class _Counted(GraspError):
    """Thrown by the sender that asks nobody."""

    def __init__(self, messages: WireMessages, inquiry: Inquiry) -> None:
        self.letters = sum(len(message["content"]) for message in messages)
        self.inquiry = inquiry
        super().__init__("Nobody is asked in a forecast.")


class _Counter:
    """Counts questions; the same text to the same judge is counted once."""

    def __init__(self, stage_two: StageTwo, lengths: Mapping[tuple[str, str], ReplyLength]) -> None:
        self._armed = stage_two.armed
        self._wire_names = {n: m.wire_name or m.name for n, m in stage_two.models.items()}
        self._prices = {name: price_of(model) for name, model in stage_two.models.items()}
        self._lengths = lengths
        self._forms: dict[str, tuple[int, Range]] = {}
        self._counted: set[str] = set()

    def key(self, question: Question) -> str:
        """As the asker has it."""
        return question.key(self._wire_names[question.model])

    def uses_of(self, due: Due) -> tuple[int, Uses]:
        """How many answers about a conversation are known, and what the others will use."""
        known, uses = 0, Uses()
        described = description_of(self._armed, due.tagged)
        found = due.known.get(self.key(described["category"])) if "category" in described else None
        category = str(found.value) if found and not found.fault else None
        sure = [*described.values(), *self._rounds(due, category, by_category=False)]
        for question in sure:
            known += self.key(question) in due.known
            uses += self._uses(question, due)
        if not any(one.setting.rubric == BY_CATEGORY for one in self._armed.judges):
            return known, uses
        if category is not None:
            questions = list(self._rounds(due, category, by_category=True))
            known += sum(self.key(question) in due.known for question in questions)
            return known, sum((self._uses(q, due) for q in questions), uses)
        return known, uses + _either(
            sum((self._uses(q, due) for q in self._rounds(due, one, by_category=True)), Uses())
            for one in categories()
        )

    def _rounds(self, due: Due, category: str | None, *, by_category: bool) -> Iterator[Question]:
        for one in rounds_of(self._armed, due.tagged, category):
            if (one.judge.setting.rubric == BY_CATEGORY) == by_category:
                yield from due_questions(one, due.tagged)

    def _uses(self, question: Question, due: Due) -> Uses:
        key = self.key(question)
        if key in due.known or key in self._counted:
            return Uses()
        self._counted.add(key)
        around, reply = self._form(question)
        calls = 2 if question.version.endswith("/pairwise") else 1
        prompt = calls * (around + len(question.text)) / LETTERS
        price = self._prices[question.model]
        seen = self._lengths.get((question.version, question.model))
        if seen is not None and seen.seen >= ENOUGH:
            reply = Range(seen.tokens, seen.tokens)
        else:
            reply = Range(calls * reply.low, calls * reply.high)
        usd = Range(_dollars(price, prompt, reply.low), _dollars(price, prompt, reply.high))
        return Uses(Range(calls, calls), Range(prompt, prompt), reply, usd)

    def _form(self, question: Question) -> tuple[int, Range]:
        """How many characters stand around the judged text, and how long a reply is."""
        if question.version not in self._forms:
            counted = _counted(question)
            reply = _reply_tokens(counted.inquiry)
            self._forms[question.version] = (counted.letters - len(question.text), reply)
        return self._forms[question.version]


def _counted(question: Question) -> _Counted:
    async def send(messages: WireMessages, inquiry: Inquiry) -> Reply:
        raise _Counted(messages, inquiry)

    putting: Any = question.put(Random(0), send)  # noqa: S311 - nothing is drawn that is sent
    try:
        # It is thrown before anything is waited for, so that no loop is needed.
        putting.send(None)
    except _Counted as counted:
        return counted
    finally:
        putting.close()
    raise AssertionError("A question is put by sending it.")


def _reply_tokens(inquiry: Inquiry) -> Range:
    most = inquiry.settings.get("max_tokens")
    if isinstance(most, int):
        return Range(most, most)
    texts, others = _leaves(inquiry.schema or {})
    low, high = (texts * tokens for tokens in TEXT_TOKENS)
    return Range(low + 4 * others, high + 4 * others)


def _leaves(schema: Mapping[str, Any]) -> tuple[int, int]:
    """How many texts and how many other values a reply has; a list counts as three."""
    if schema.get("type") == "array":
        texts, others = _leaves(schema["items"])
        return 3 * texts, 3 * others
    if "properties" in schema:
        counts = [_leaves(one) for one in schema["properties"].values()]
        return sum(texts for texts, _ in counts), sum(others for _, others in counts)
    return (1, 1) if schema.get("type") == "string" and "enum" not in schema else (0, 1)


def _dollars(price: Price | None, prompt: float, reply: float) -> float:
    return 0.0 if price is None else price.cost(Usage(round(prompt), round(reply)))


def _either(uses: Iterable[Uses]) -> Uses:
    """One of several: the least and the most of each sum."""
    every = list(uses)

    def bounds(part: Callable[[Uses], Range]) -> Range:
        return Range(min(part(o).low for o in every), max(part(o).high for o in every))

    return Uses(
        bounds(lambda one: one.calls),
        bounds(lambda one: one.prompt_tokens),
        bounds(lambda one: one.reply_tokens),
        bounds(lambda one: one.usd),
    )
