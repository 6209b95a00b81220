"""`grasp models`: which models there are, and whether they answer."""

from dataclasses import asdict
from typing import cast

from grasp_ui.cli.outcome import Exit, answer, leave, note
from grasp_ui.cli.workspace import storeless
from grasp_ui.services.models import Ping, builtin_state, ping
from grasp_ui.services.pricing import cost_in_words, is_priced, price_in_words
from grasp_ui.services.settings import (
    ModelSettings,
    client_of,
    home_folder,
    load_settings,
    where_is,
)


def list_models(*, asks: bool, as_json: bool) -> None:
    """List the models of Settings; with `asks` each one answers a short question.

    Leaves with 1 where one of them does not answer.
    """
    models = load_settings(home_folder()).models
    pings = _pinged(models) if asks else {}
    rows = [_row(model, pings.get(model.name)) for model in models]
    answer({"models": rows}, *(_line(row) for row in rows), as_json=as_json)
    if not all(said.ok for said in pings.values()):
        leave(Exit.FAILED)


def _pinged(models: tuple[ModelSettings, ...]) -> dict[str, Ping]:
    pings: dict[str, Ping] = {}
    with storeless() as workspace:
        for model in models:
            note(f"Asking {model.name} …")
            pings[model.name] = ping(workspace, model.name)
    return pings


def _row(model: ModelSettings, said: Ping | None) -> dict[str, object]:
    is_builtin = model.kind == "builtin"
    row: dict[str, object] = {
        "name": model.name,
        "kind": model.kind,
        "where": f"built in ({builtin_state()})" if is_builtin else where_is(model),
        "client": client_of(model),
        "calls_at_once": model.calls_at_once,
        "is_priced": is_priced(model),
        "price": price_in_words(model),
    }
    return row if said is None else {**row, "ping": asdict(said)}


def _line(row: dict[str, object]) -> str:
    said = row.get("ping")
    heard = f"  {_heard(said)}" if isinstance(said, dict) else ""
    return f"{row['name']}  {row['where']}  {row['price']}{heard}"


def _heard(said: dict[str, object]) -> str:
    if not said["ok"]:
        return f"{said['seconds']:.1f} s  {said['error']}"
    cost = cost_in_words(cast("float | None", said["cost_usd"]))
    return f"{said['seconds']:.1f} s  {f'{cost}  ' if cost else ''}{said['text']}"
