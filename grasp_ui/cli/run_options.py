"""The options of `grasp run`, each with its help."""

from pathlib import Path
from typing import Annotated

import typer

GraphToRun = Annotated[
    Path | None,
    typer.Argument(
        metavar="[GRAPH.yaml]", exists=True, dir_okay=False,
        help="A graph file; may be left out with --continue.", show_default=False,
    ),
]  # fmt: skip
Records = Annotated[int | None, typer.Option("-n", "--records", min=1, help="How many; default 5.")]
EveryRow = Annotated[bool, typer.Option("--all", help="Each row of the seeds once, instead of -n.")]
Model = Annotated[
    str | None, typer.Option(metavar="NAME", help="Use this model of Settings throughout.")
]
Endpoint = Annotated[
    str | None,
    typer.Option(metavar="URL", help="Send every call to this OpenAI-compatible address."),
]
Concurrency = Annotated[int | None, typer.Option(min=1, max=1024, help="Calls at once; default 8.")]
Seed = Annotated[int | None, typer.Option(help="The same seed draws the same; default 7.")]
Continue = Annotated[
    str | None,
    typer.Option(
        "--continue", metavar="RUN",
        help="Alone: let that run (or 'last') go on. With a graph: a new run that pays only for "
        "what differs.",
    ),
]  # fmt: skip
FailedOnly = Annotated[
    bool, typer.Option("--failed-only", help="With --continue: make its failed records alone.")
]
FromNode = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="NODE",
        help="With --continue: a new run, paid anew from this node on.",
    ),
]  # fmt: skip
Cache = Annotated[
    bool, typer.Option("--cache", help="Take answers that any run of the store had before.")
]
MaxUsd = Annotated[
    float | None, typer.Option(min=0.0, help="No call begins once so many $ are used; 0: no limit.")
]
MaxTokens = Annotated[int | None, typer.Option(min=0, help="The same for tokens sent and written.")]
MaxCalls = Annotated[int | None, typer.Option(min=0, help="The same for calls, failed ones too.")]
MaxSeconds = Annotated[float | None, typer.Option(min=0.0, help="The same for seconds at work.")]
