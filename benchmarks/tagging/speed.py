"""How fast stage one is: all registered rules over many messages, in one process.

    python -m benchmarks.tagging.speed --data FOLDER
    python -m benchmarks.tagging.speed --data FOLDER -n 20000 --rules repetition refusal

FOLDER holds real texts, as JSON or JSON Lines at whatever depth. Its sentences and code blocks are
put together anew by a seeded draw: messages as long as the real ones, in dialogues of two to six.
The messages are so many, but no real ones, and the output says so. CPU seconds of this process
count, not those on the clock: another program on the machine does not matter much. What rules load
once (a model, lists of words) they load before, on dialogues that do not count.
"""

import argparse
import resource
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import orjson

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.value import ConversationId, MessageId
from grasp_ui.services.parts import load_heuristics
from grasp_ui.tagging.heuristic import HEURISTICS
from grasp_ui.tagging.profile import Profile, RuleSetting
from grasp_ui.tagging.stages import tag_conversation
from grasp_ui.tagging.wording import FENCE, SENTENCE_END

TEXTS = {"text", "content", "output", "outputs", "value", "instruction", "prompt"}
SHORTEST, BATCH, WARM = 20, 500, 200
RULE_SHARE = 10


def main() -> None:
    """Measure all rules together, then each alone, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("-n", "--messages", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rules", nargs="*", default=[])
    typed = parser.parse_args()
    load_heuristics()
    names = typed.rules or [part.name for part in HEURISTICS]
    real = sorted(set(texts_of(typed.data)))
    made_of = f"seeded recombinations of the sentences of {len(real):,} texts"
    print(f"{typed.messages:,} messages, {made_of} of {typed.data.name}")
    print_row("rules", "messages / CPU s", "fired on")
    print_row(f"all {len(names)} together", *measured(names, dialogues(real, typed)))
    typed.messages = max(BATCH, typed.messages // RULE_SHARE)
    for name in names:
        print_row(name, *measured([name], dialogues(real, typed)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"Peak memory {peak / 1024:,.0f} MB, with the texts of FOLDER; each rule alone saw "
          f"{typed.messages:,} messages.")  # fmt: skip


def print_row(name: str, *cells: str) -> None:
    """One line of the table."""
    print(f"{name:28}" + "".join(f"{cell:>18}" for cell in cells))


def measured(names: Iterable[str], told: Iterator[Conversation]) -> tuple[str, str]:
    """Messages a CPU second through the rules `names`, and the share that fired."""
    profile = Profile(name="speed", rules={name: RuleSetting() for name in names})
    messages, tags, seconds = 0, 0, 0.0
    for one in islice(told, WARM):
        tag_conversation(profile, one)
    while batch := list(islice(told, BATCH)):
        start = time.process_time()
        tags += sum(len(tag_conversation(profile, one)) for one in batch)
        seconds += time.process_time() - start
        messages += sum(len(one.messages) for one in batch)
    return f"{messages / seconds:,.0f}", f"{tags / messages:.2%}"


def dialogues(real: list[str], typed: argparse.Namespace) -> Iterator[Conversation]:
    """Dialogues of new messages, until there are as many messages as asked for."""
    chance = Random(typed.seed)
    parts = [pieces(text) for text in real]
    every = [piece for some in parts for piece in some]
    made = 0
    while made < typed.messages:
        turns = chance.choice((2, 2, 4, 4, 6))
        texts = [recombined(every, len(chance.choice(parts)), chance) for _ in range(turns)]
        yield conversation(made, texts)
        made += turns


def recombined(every: list[str], count: int, chance: Random) -> str:
    """A new message of `count` pieces."""
    joined = (
        chance.choice(every) + chance.choice((" ", " ", " ", "\n", "\n\n")) for _ in range(count)
    )
    return "".join(joined).strip()


def conversation(number: int, texts: list[str]) -> Conversation:
    """`texts` as user and assistant in turn."""
    own = ConversationId(f"c{number}")
    messages = tuple(
        Message(
            id=MessageId(f"{number}-{place}"),
            conversation_id=own,
            parent_id=MessageId(f"{number}-{place - 1}") if place else None,
            role="assistant" if place % 2 else "user",
            content=text,
        )
        for place, text in enumerate(texts)
    )
    return Conversation(id=own, messages=messages)


def pieces(text: str) -> list[str]:
    """The sentences of a text, and its fenced blocks whole."""
    found, end = [], 0
    for block in FENCE.finditer(text):
        found += [*SENTENCE_END.split(text[end : block.start()]), f"\n{block.group()}\n"]
        end = block.end()
    found += SENTENCE_END.split(text[end:])
    return [piece for piece in found if piece.strip()]


def texts_of(folder: Path) -> Iterator[str]:
    """Every text in the JSON files of a folder that is long enough."""
    for file in sorted(folder.rglob("*.json*")):
        raw = file.read_bytes()
        lines = raw.splitlines() if file.suffix == ".jsonl" else [raw]
        for line in filter(None, lines):
            yield from texts_in(orjson.loads(line), named=False)


def texts_in(value: Any, *, named: bool) -> Iterator[str]:
    """The texts in a JSON value that stand under a name that texts have."""
    match value:
        case str() if named and len(value) >= SHORTEST:
            yield value
        case list():
            for one in value:
                yield from texts_in(one, named=named)
        case dict():
            for name, one in value.items():
                yield from texts_in(one, named=name in TEXTS)


if __name__ == "__main__":
    main()
