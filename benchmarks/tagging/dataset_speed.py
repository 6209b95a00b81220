"""How fast new conversations are held against a large store, and what that takes in memory.

Texts are seeded recombinations of the sentences in a folder of .json and .jsonl files, so they
are like real ones in words and letters, and not in what they say. One new conversation in
twenty is a known one with a few words changed, which has to be found; one in twenty a copy.

    .venv/bin/python benchmarks/tagging/dataset_speed.py --data FOLDER [--known 100000] [--new 1000]
"""

import argparse
import json
import random
import re
import resource
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.event import RecordResult
from grasp_ui.model.selection import Selection
from grasp_ui.model.value import ConversationId, MessageId, RunId
from grasp_ui.services.dataset_tagging import Comparing, dataset_of
from grasp_ui.services.parts import load_heuristics
from grasp_ui.store.conversations import add_conversations, stream
from grasp_ui.store.database import Database, open_database
from grasp_ui.tagging.profile import Profile, RuleSetting

SENTENCE = re.compile(r"[^.!?\n]{20,200}[.!?]")
RULES = ("exact_duplicate", "near_duplicate", "conflicting_answers", "length_ratio")
NEW = RunId("new")


def sentences(folder: Path) -> list[str]:
    """Every sentence in the texts of a folder, once."""
    found: dict[str, None] = {}
    for path in sorted(folder.rglob("*.json*")):
        for text in _strings(path):
            found.update(dict.fromkeys(one.strip() for one in SENTENCE.findall(text)))
    return list(found)


def _strings(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n") if path.suffix == ".jsonl" else [text]
    for line in lines:
        if line.strip():
            yield from _inside(json.loads(line))


def _inside(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _inside(inner)


def texts(pool: list[str], count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Prompts of two to four sentences, with answers of four to twelve."""
    chance = random.Random(seed)
    for _ in range(count):
        asked = chance.sample(pool, chance.randint(2, 4))
        yield " ".join(asked), " ".join(chance.sample(pool, chance.randint(4, 12)))


def arrivals(known: list[tuple[str, str]], pool: list[str], count: int) -> Iterator[Any]:
    """New texts, each with what it is: a copy, changed a little, or fresh."""
    chance = random.Random(7)
    for number, (prompt, answer) in enumerate(texts(pool, count, seed=2)):
        if number % 20 == 0:
            yield "copied", *chance.choice(known)
        elif number % 20 == 1:
            old_prompt, old = chance.choice(known)
            words = old.split()
            for _ in range(max(1, len(words) // 40)):
                words[chance.randrange(len(words))] = "otherwise"
            yield "changed", old_prompt, " ".join(words)
        else:
            yield "fresh", prompt, answer


def result(name: str, prompt: str, answer: str, run: RunId | None = None) -> RecordResult:
    """A conversation of one question and one answer."""
    identifier, asked = ConversationId(name), MessageId(f"{name}a")
    messages = (
        Message(id=asked, conversation_id=identifier, role="user", content=prompt),
        Message(
            id=MessageId(f"{name}b"), conversation_id=identifier, parent_id=asked,
            role="assistant", content=answer,
        ),
    )  # fmt: skip
    return RecordResult(conversation=Conversation(id=identifier, run_id=run, messages=messages))


def timed(what: str, began: float) -> float:
    """Tell how much CPU something took; gives the time now."""
    now = time.process_time()
    print(f"{what:58} {now - began:8.2f} s CPU")
    return now


def measure(db: Database, home: Path, pool: list[str], sizes: tuple[int, int]) -> None:
    """Fill a store, sign what is in it, add new ones, and hold those against it."""
    profile = Profile(name="dataset", rules={name: RuleSetting() for name in RULES})
    known = list(texts(pool, sizes[0], seed=1))
    at = time.process_time()
    add_conversations(db, (result(f"k{n:06}", *pair) for n, pair in enumerate(known)))
    db.settle()
    at = timed(f"store {sizes[0]:,} conversations", at)
    dataset_of(db, home, until=db.loaded_seq)
    at = timed("read and sign all of them, once", at)
    kinds, fresh = {}, []
    for n, (kind, prompt, answer) in enumerate(arrivals(known, pool, sizes[1])):
        kinds[f"n{n:06}"] = kind
        fresh.append(result(f"n{n:06}", prompt, answer, NEW))
    add_conversations(db, fresh)
    db.settle()
    before = _memory()
    at = time.process_time()
    comparing = Comparing(db, home, profile)
    middle = timed(f"sign {sizes[1]:,} new ones, and make the index of all", at)
    found: Counter[tuple[str, str]] = Counter()
    read = list(stream(db, Selection(run_id=NEW)))
    later = timed("read the new ones, as tagging always does", middle)
    for tagged in comparing.ahead(iter(read)):
        for tag in comparing.tags(tagged):
            found[kinds[tagged.conversation.id], tag.name] += 1
    end = timed("run four rules on each", later)
    print(f"{'signing, index and rules together':58} {end - later + middle - at:8.2f} s CPU")
    print(f"memory: {before} MB before, {_memory()} MB at most")
    print("planted:", dict(Counter(kinds.values())))
    for (kind, name), times in sorted(found.items()):
        print(f"  {kind:8} {name:20} {times}")


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure in a store of its own, which is thrown away."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--known", type=int, default=100_000)
    asked.add_argument("--new", type=int, default=1_000)
    said = asked.parse_args()
    load_heuristics()
    pool = sentences(said.data)
    print(f"{len(pool):,} sentences from {said.data}")
    with TemporaryDirectory() as folder:
        db = open_database(Path(folder) / "store.duckdb")
        try:
            measure(db, Path(folder), pool, (said.known, said.new))
        finally:
            db.close()
        size = (Path(folder) / "store.duckdb").stat().st_size / 1e6
        print(f"the store's file: {size:.0f} MB")


if __name__ == "__main__":
    main()
