"""What `grasp doctor` looks at: packages, models, store, disk. Nothing is changed."""

import platform
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

from packaging.requirements import Requirement

from grasp_ui.errors import GraspError
from grasp_ui.services.models import Ping, builtin_state
from grasp_ui.services.settings import ModelSettings, Settings, load_settings
from grasp_ui.store.inspection import Inspection, inspect_store

State = Literal["ok", "note", "broken"]
PROGRAM = "grasp-ui"
OPTIONAL = {"datasets": "seeds from Hugging Face"}
OLDEST = (3, 11)
LEAST_BYTES, FEW_BYTES = 100 * 2**20, 2 * 2**30
BUILTIN = {
    "missing": "Fetch it under Settings in the app, or with `make app`.",
    "unsupported": "Name an endpoint under Settings: this machine cannot run the built-in one.",
}
MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what was found, and what to do about it.

    `note` is worth knowing and keeps nothing from working; `broken` does.
    """

    name: str
    state: State
    found: str
    fix: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


def check_program() -> Iterator[Check]:
    """Python, the program, what it needs, and what it can do without."""
    version = platform.python_version()
    fit: State = "ok" if sys.version_info >= OLDEST else "broken"
    yield Check(
        "python", fit, f"Python {version}", "" if fit == "ok" else "Use Python 3.11 or newer."
    )
    yield check_packages(requirements())
    for name, purpose in OPTIONAL.items():
        present = _version(name)
        found = f"{name} {present}" if present else f"{name} is not installed"
        yield Check(name, "ok" if present else "note", f"{found} (optional: {purpose})")


def check_settings(home: Path) -> tuple[Settings, Check]:
    """The settings in `home`, or the default ones where they cannot be read."""
    try:
        settings = load_settings(home)
    except GraspError as error:
        return Settings(), Check("settings", "broken", str(error), "Mend the file.")
    return settings, Check(
        "settings", "ok", f"{len(settings.models)} models", detail={"home": str(home)}
    )


def check_models(
    models: tuple[ModelSettings, ...], ask: Callable[[str], Ping] | None
) -> Iterator[Check]:
    """Whether each model can be asked; with `ask`, whether it answers and how soon."""
    for model in models:
        name, state = f"model {model.name}", builtin_state()
        if model.kind == "builtin" and not model.gguf and state != "ready":
            yield Check(name, "note", f"The built-in model is {state}.", BUILTIN[state])
        elif ask is None:
            yield Check(name, "ok", f"{model.url or 'built in'}, not asked")
        else:
            yield _answered(name, ask(model.name))


def check_store(path: Path) -> Iterator[Check]:
    """Who holds the store, what waits in its journal, and the room on its disk."""
    seen = inspect_store(path)
    yield _holder(path, seen)
    yield _journal(seen)
    yield _disk(path)


def check_packages(needed: Iterable[str]) -> Check:
    """Whether each requirement that is meant for this machine is met."""
    wanted = [one for one in map(Requirement, needed) if _is_meant_here(one)]
    present = {one.name: _version(one.name) for one in wanted}
    versions = ", ".join(f"{name} {version}" for name, version in sorted(present.items()))
    wrong = [one for one in wanted if not _fits(one, present[one.name])]
    if not wrong:
        return Check("packages", "ok", versions or "not told", detail={"versions": present})
    told = ", ".join(f"{one} (found: {present[one.name] or 'nothing'})" for one in wrong)
    fix = "Install the requirements again: `make app`, or pip with requirements.txt."
    return Check("packages", "broken", f"Wrong or missing: {told}", fix, {"versions": present})


def requirements() -> list[str]:
    """What the program needs; nothing where it was not installed as a package."""
    try:
        return metadata.requires(PROGRAM) or []
    except metadata.PackageNotFoundError:
        return []


def _is_meant_here(wanted: Requirement) -> bool:
    return wanted.marker is None or wanted.marker.evaluate()


def _fits(wanted: Requirement, version: str | None) -> bool:
    return version is not None and wanted.specifier.contains(version, prereleases=True)


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _answered(name: str, said: Ping) -> Check:
    detail = {"seconds": round(said.seconds, 3)}
    if said.ok:
        return Check(name, "ok", f"answers in {said.seconds:.1f} s", detail=detail)
    fix = "Mend its address, key or server under Settings, or take the model out."
    return Check(name, "broken", said.error, fix, detail)


def _holder(path: Path, seen: Inspection) -> Check:
    detail = {"path": str(path), "holder": seen.holder, "bytes": seen.size}
    size = f"{seen.size / MEGABYTE:.1f} MB"
    if seen.fault:
        fix = f"Put a copy from {path.name}.snapshots in its place, or move it away."
        return Check("store", "broken", f"{path} cannot be opened: {seen.fault}", fix, detail)
    if seen.holder is not None:
        who = f"process {seen.holder}" if seen.holder else "another program"
        fix = "Close it there before another command uses this store, or name one with --store."
        return Check("store", "note", f"{path}, {size}, is held by {who}", fix, detail)
    if not seen.exists:
        return Check("store", "ok", f"{path} is not there yet; the first run makes it", "", detail)
    return Check("store", "ok", f"{path}, {size}, held by nobody", "", detail)


def _journal(seen: Inspection) -> Check:
    detail = {"waiting": seen.waiting, "damaged": seen.damaged}
    if seen.damaged:
        found = f"{seen.damaged} lines cannot be read"
        fix = "Open the store once (grasp tag): what is readable is loaded, the file is kept."
        return Check("journal", "note", found, fix, detail)
    if seen.waiting is None:
        return Check(
            "journal", "ok", "is being loaded by the process that holds the store", "", detail
        )
    if seen.waiting:
        found = f"{seen.waiting} lines are not in the database yet"
        return Check("journal", "note", found, "The next command that opens it loads them.", detail)
    return Check("journal", "ok", "everything is in the database", "", detail)


def _disk(path: Path) -> Check:
    folder = next(one for one in path.resolve().parents if one.exists())
    free = shutil.disk_usage(folder).free
    state: State = "broken" if free < LEAST_BYTES else "note" if free < FEW_BYTES else "ok"
    fix = (
        "" if state == "ok" else "Free some space: a run stops when its journal cannot be written."
    )
    return Check("disk", state, f"{free / 2**30:.1f} GB free", fix, {"free_bytes": free})
