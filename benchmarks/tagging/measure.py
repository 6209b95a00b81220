"""Every bar of the tagging, measured on texts that people labelled.

.venv/bin/python -m benchmarks.tagging.measure --data FOLDER

FOLDER has `oasst1_en_validation/messages.export.jsonl`, `pandalm_testset/` and `llmbar/`. What is
trained is measured on trees that it has not seen; intervals are bootstraps over trees.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.tagging.bars import Bar, table
from benchmarks.tagging.oasst import auc_bars, precision_bars
from benchmarks.tagging.people import OASST, duels, labelled, trees
from benchmarks.tagging.ranks import llmbar_bars, rank_bars
from benchmarks.tagging.verdicts import llmbar_judges, pandalm
from grasp_ui.services.parts import load_heuristics
from grasp_ui.tagging.features import message_features
from grasp_ui.tagging.heuristic import HEURISTICS


def main() -> None:
    """Print the table of bars, then agreement and position bias."""
    wanted = argparse.ArgumentParser(description="The bars of the tagging, on people's labels.")
    wanted.add_argument("--data", type=Path, required=True, help="folder with the labelled texts")
    folder: Path = wanted.parse_args().data
    load_heuristics()
    started = time.process_time()
    print(f"{len(HEURISTICS.parts)} rules: {', '.join(HEURISTICS.parts)}\n")
    print(table(list(bars(folder))), "\n")
    for line in agreement(folder):
        print(line)
    print(f"\n{time.process_time() - started:.0f} CPU seconds.")


def bars(folder: Path) -> Iterator[Bar]:
    """The bars over OASST and LLMBar."""
    messages = labelled(folder / OASST)
    grown = trees(messages)
    features = {name: found for tree in grown for name, found in message_features(tree).items()}
    yield from auc_bars(messages, features)
    yield from precision_bars(messages, grown)
    yield from rank_bars(messages, features, duels(messages))
    yield from llmbar_bars(folder / "llmbar", messages, features)


def agreement(folder: Path) -> Iterator[str]:
    """Agreement on PandaLM, position bias and panels on LLMBar."""
    yield from pandalm(folder / "pandalm_testset")
    for file in sorted((folder / "llmbar").glob("*.judges.jsonl")):
        yield ""
        yield from llmbar_judges(file)


if __name__ == "__main__":
    main()
