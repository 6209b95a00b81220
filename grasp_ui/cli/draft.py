"""`grasp draft`: a sentence becomes a graph file, by a model of Settings."""

from pathlib import Path

from pydantic_core import to_jsonable_python

from grasp_ui.cli.outcome import Exit, answer, leave, note
from grasp_ui.cli.workspace import storeless
from grasp_ui.errors import NameTaken
from grasp_ui.services.drafting import Draft, Round, draft_graph
from grasp_ui.services.graph_text import write_graph
from grasp_ui.services.pricing import cost_in_words


def draft_file(sentence: str, model: str, out: Path | None, *, as_json: bool) -> None:
    """Draft a graph and write it to `out`, else to stdout; problems go to stderr.

    Leaves with 1 where the draft would not run as it is; what there is of it is written.

    Raises:
        NameTaken: there is a file `out` already; nobody is asked then.
    """
    if out is not None and out.exists():
        raise NameTaken(f"There is a file {out} already. Choose another name for --out.")
    with storeless() as workspace:
        note(f"Asking {model} …")
        folder = out.resolve().parent if out else Path.cwd()
        draft = draft_graph(workspace, sentence, model, folder=folder, on_round=_say_round)
    text = "" if draft.spec is None else write_graph(draft.spec)
    if out is not None and text:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    _say_end(draft)
    shown = [text.rstrip()] if text and out is None else []
    answer({**_told(draft), "graph": text}, *shown, as_json=as_json)
    if not draft.is_ready:
        leave(Exit.FAILED)


def _say_round(one: Round) -> None:
    found = "no graph" if one.spec is None else f"{len(one.spec.nodes)} nodes"
    note(f"Round {one.number}: {found}, {one.errors} to mend.")


def _say_end(draft: Draft) -> None:
    for problem in draft.problems:
        note(f"{problem.severity}: {problem}")
    if draft.failure:
        note(f"A later round could not be asked: {draft.failure}")
    cost = cost_in_words(draft.cost_usd) or "price not known"
    note(f"{draft.tokens:,} tokens, {cost}.")


def _told(draft: Draft) -> dict[str, object]:
    return {
        "ok": draft.is_ready,
        "rounds": len(draft.rounds),
        "tokens": draft.tokens,
        "cost_usd": draft.cost_usd,
        "failure": draft.failure,
        "problems": to_jsonable_python(draft.problems),
    }
