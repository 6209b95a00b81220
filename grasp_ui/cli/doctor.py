"""`grasp doctor`: what is installed, which models answer, who holds the store."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from grasp_ui.cli.outcome import Exit, answer, leave, note
from grasp_ui.cli.workspace import storeless
from grasp_ui.services.checkup import (
    Check,
    check_models,
    check_program,
    check_settings,
    check_store,
)
from grasp_ui.services.models import Ping, ping
from grasp_ui.services.settings import Settings, home_folder
from grasp_ui.services.workspace import STORE


def look(store: Path | None, *, asks: bool, as_json: bool) -> None:
    """Say how everything is; leaves with 1 where something needed is broken."""
    home = home_folder()
    settings, settings_check = check_settings(home)
    checks = [*check_program(), settings_check]
    checks += check_store((store or home / STORE).resolve())
    checks += _models(settings, asks=asks and settings_check.state == "ok")
    is_well = all(check.state != "broken" for check in checks)
    result = {"ok": is_well, "checks": [asdict(check) for check in checks]}
    last = "Everything that is needed works." if is_well else "Something that is needed is broken."
    answer(result, *_lines(checks), last, as_json=as_json)
    if not is_well:
        leave(Exit.FAILED)


def _models(settings: Settings, *, asks: bool) -> list[Check]:
    if not asks:
        return list(check_models(settings.models, None))
    with storeless() as workspace:

        def ask(name: str) -> Ping:
            note(f"Asking {name} …")
            return ping(workspace, name)

        return list(check_models(settings.models, ask))


def _lines(checks: Iterable[Check]) -> Iterable[str]:
    for check in checks:
        yield f"{check.state:<7} {check.name}: {check.found}"
        if check.fix:
            yield f"        {check.fix}"
