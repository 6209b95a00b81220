"""A program to be killed: it keeps records and says each number once it is acknowledged."""

import asyncio
import sys
from pathlib import Path

from grasp_ui.model.tag import Tag
from grasp_ui.store.database import Database, open_database
from grasp_ui.store.reviews import add_review
from grasp_ui.store.runs import begin_run, keep_event
from tests.store import samples


async def write(database: Database, first: int) -> None:
    """Three records a tick of the loop, and now and then what a person does."""
    number = first
    while True:
        names = [f"c{number + k}" for k in range(3)]
        for index, name in enumerate(names, start=number):
            keep_event(database, samples.RUN, samples.call())
            tags: list[Tag] = [samples.tag(name, "short"), samples.tag(name, "long")]
            left = samples.result(name, "a", "b", "c", "d", tags=tags)
            keep_event(database, samples.RUN, samples.ended(index, left=left))
        await asyncio.sleep(0)
        add_review(database, samples.deed(f"deed {names[0]}", "keep", about=names[0]))
        sys.stdout.write(" ".join(names) + "\n")
        sys.stdout.flush()
        number += 3


if __name__ == "__main__":
    store = open_database(Path(sys.argv[1]))
    begin_run(store, samples.run())
    asyncio.run(write(store, int(sys.argv[2])))
