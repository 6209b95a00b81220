"""`grasp check`: everything that is wrong with a graph, at once."""

from pathlib import Path

from grasp_ui.cli.outcome import Exit, leave, say_problems
from grasp_ui.engine.compile import problems_of
from grasp_ui.services.graphs import read_graph_file
from grasp_ui.services.planning import all_profiles, surroundings_of
from grasp_ui.services.settings import home_folder, load_settings
from grasp_ui.services.subgraphs import Shelves, with_subgraphs
from grasp_ui.services.workspace import bundle


def check_graph(graph: Path, *, as_json: bool) -> None:
    """Give the problems of the graph in a file; leaves with 2 where it cannot run.

    The store stays closed: a graph can be checked while the app is open.
    """
    spec = read_graph_file(graph)
    home = home_folder()
    folder, profiles = graph.resolve().parent, all_profiles(home, bundle())
    around = surroundings_of(spec, load_settings(home), folder=folder, profiles=profiles, home=home)
    shelves = Shelves(folder, home, bundle())
    problems = problems_of(spec, with_subgraphs(around, spec, shelves))
    say_problems(problems, as_json=as_json)
    if any(problem.severity == "error" for problem in problems):
        leave(Exit.WRONG_USE)
