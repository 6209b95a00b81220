"""What can be typed; each command's work is in its own file, imported when called.

The work brings DuckDB and the engine; help and a wrong option should not wait for them.
"""

from pathlib import Path
from typing import Annotated

import typer

from grasp_ui.cli import run_options as options
from grasp_ui.cli.lean import leave_out_pandas
from grasp_ui.cli.outcome import outcome

GraphFile = Annotated[
    Path, typer.Argument(metavar="GRAPH.yaml", exists=True, dir_okay=False, help="A graph file.")
]
Store = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="The store's file; default: the workspace's (GRASP_HOME)."),
]
RunName = Annotated[
    str | None, typer.Option("--run", metavar="ID", help="Only the conversations of this run.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")]

program = typer.Typer(
    name="grasp",
    help="Draw dialogue graphs, run them, tag, review and export SFT and DPO data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@program.command()
def run(
    graph: options.GraphToRun = None,
    *,
    records: options.Records = None,
    every_row: options.EveryRow = False,
    model: options.Model = None,
    endpoint: options.Endpoint = None,
    concurrency: options.Concurrency = None,
    seed: options.Seed = None,
    continues: options.Continue = None,
    failed_only: options.FailedOnly = False,
    from_node: options.FromNode = None,
    cache: options.Cache = False,
    max_usd: options.MaxUsd = None,
    max_tokens: options.MaxTokens = None,
    max_calls: options.MaxCalls = None,
    max_seconds: options.MaxSeconds = None,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """Run a graph into tagged conversations, or let a run go on."""
    with outcome(as_json=as_json):
        from grasp_ui.cli.run import Wish, run_graph

        most = {"usd": max_usd, "tokens": max_tokens, "calls": max_calls, "seconds": max_seconds}
        wish = Wish(
            graph, records, seed, concurrency, endpoint, model, continues, failed_only, from_node,
            cache, every_row, {name: most[name] or None for name in most if most[name] is not None},
        )  # fmt: skip
        run_graph(wish, store, as_json=as_json)


@program.command()
def check(graph: GraphFile, *, as_json: AsJson = False) -> None:
    """Say everything that is wrong with a graph, each with place and remedy."""
    with outcome(as_json=as_json):
        from grasp_ui.cli.check import check_graph

        check_graph(graph, as_json=as_json)


@program.command()
def draft(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help="What the graph should do.")],
    *,
    model: Annotated[str, typer.Option(metavar="NAME", help="The model of Settings that drafts.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", dir_okay=False, help="A new file; default: to stdout."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Draft a graph from a sentence; the model mends it in at most three rounds."""
    with outcome(as_json=as_json):
        from grasp_ui.cli.draft import draft_file

        draft_file(sentence, model, out, as_json=as_json)


@program.command()
def tag(
    *,
    profile: Annotated[str, typer.Option(metavar="NAME", help="The tagging profile.")] = "default",
    run_name: RunName = None,
    judges: Annotated[
        bool, typer.Option("--judges", help="Then ask the profile's judges.")
    ] = False,
    forecast: Annotated[
        bool, typer.Option("--forecast", help="Say what the judges would use, and ask nobody.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask judges without a ceiling.")] = False,
    retry_unparsed: Annotated[
        bool, typer.Option("--retry-unparsed", help="Ask again what could not be read.")
    ] = False,
    model: options.Model = None,
    endpoint: options.Endpoint = None,
    concurrency: options.Concurrency = None,
    max_usd: options.MaxUsd = None,
    max_tokens: options.MaxTokens = None,
    max_calls: options.MaxCalls = None,
    max_seconds: options.MaxSeconds = None,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """Tag stored conversations again, with judges if asked; what people said stays."""
    with outcome(as_json=as_json):
        from grasp_ui.cli.tag import TagWish, tag_again

        most = {"usd": max_usd, "tokens": max_tokens, "calls": max_calls, "seconds": max_seconds}
        wish = TagWish(
            profile, run_name, judges, forecast, yes, retry_unparsed, model, endpoint,
            concurrency, most,
        )  # fmt: skip
        tag_again(wish, store, as_json=as_json)


@program.command(name="import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="Also packed (.gz)."),
    ],
    *,
    import_format: Annotated[
        str, typer.Option("--format", metavar="NAME", help="oasst; default: found out.")
    ] = "",
    profile: Annotated[
        str, typer.Option(metavar="NAME", help="Whose rules tag it; none leaves that out.")
    ] = "default",
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """Take conversations from elsewhere into the store, and tag them."""
    with outcome(as_json=as_json):
        from grasp_ui.cli.import_ import take_in

        take_in(file, import_format, profile, store, as_json=as_json)


@program.command()
def export(
    *,
    export_format: Annotated[
        str, typer.Option("--format", metavar="NAME", help="trl-sft, trl-dpo or jsonl.")
    ],
    out: Annotated[Path, typer.Option(metavar="FOLDER", file_okay=False, help="Where to.")],
    run_name: RunName = None,
    choices: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="A choice of the format; repeatable."),
    ] = None,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """Write kept conversations as training data, with a manifest and a card."""
    with outcome(as_json=as_json):
        from grasp_ui.cli.export import Order, write_files

        order = Order(export_format, out, run_name, tuple(choices or ()))
        write_files(order, store, as_json=as_json)


@program.command()
def models(
    *,
    ping: Annotated[bool, typer.Option("--ping", help="Ask each one a short question.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the models of Settings."""
    with outcome(as_json=as_json):
        from grasp_ui.cli.models import list_models

        list_models(asks=ping, as_json=as_json)


@program.command()
def doctor(
    *,
    ping: Annotated[
        bool, typer.Option("--ping/--no-ping", help="Ask each model a short question.")
    ] = True,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """Say what is installed, which models answer and who holds the store."""
    with outcome(as_json=as_json):
        from grasp_ui.cli.doctor import look

        look(store, asks=ping, as_json=as_json)


@program.command()
def schema() -> None:
    """Print the JSON Schema of graph files, for editors."""
    with outcome(as_json=False):
        from grasp_ui.cli.schema import print_schema

        print_schema()


@program.command()
def app(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where it listens.")] = 8501,
) -> None:
    """Start the app on this machine."""
    with outcome(as_json=False):
        from grasp_ui.cli.app import serve

        serve(port)


def main() -> None:
    """The console script `grasp`."""
    leave_out_pandas()
    program()
