"""What the house style and the room plan promise, held over the project's own source."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator

import pytest

from tests.source import (
    ROOT,
    Documented,
    Imported,
    Source,
    imports,
    library_homes,
    product,
    sources,
    texts,
)

BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "base", "core", "manager",
          "handler", "process", "data"}  # fmt: skip
SQL = re.compile(r"^\s*(select|insert into|update|delete from|create table|with)\b.*", re.I | re.S)
ROOMS_OF_PAGES = ("ui", "services", "model", "errors")
PAGE_LIBRARIES = {"streamlit", "litellm", "openai", "boto3", "xllamacpp"}
SAID = """
import sys
from grasp_ui.cli import main
sys.argv = {}
try:
    main()
except SystemExit:
    pass
"""
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {source.place: source.text.count("\n") for source in sources()}
    assert {place: lines for place, lines in lengths.items() if lines > 300} == {}


def test_no_page_is_longer_than_120_lines() -> None:
    pages = [source for source in sources() if source.place.startswith("pages/")]
    assert [page.place for page in pages if page.text.count("\n") > 120] == []


def test_no_function_is_longer_than_40_lines() -> None:
    assert list(too_long(40, sources())) == []


def test_no_test_is_longer_than_20_lines_but_for_journeys_in_the_browser() -> None:
    told = [s for s in sources() if "/browser/" not in s.place]
    assert list(too_long(20, told, prefix="test_")) == []


def test_no_class_is_longer_than_150_lines() -> None:
    assert [at(s, c) for s in sources() for c in s.classes() if span(c) > 150] == []


def test_no_block_is_nested_deeper_than_three() -> None:
    deep = (at(s, f) for s in sources() for f in s.functions() if depth(f.body) > 3)
    assert list(deep) == []


def test_nothing_has_a_name_that_says_nothing() -> None:
    assert [f"{s.place}:{line} {name}" for s in sources() for line, name in banned_names(s)] == []


def test_no_import_is_relative() -> None:
    assert [i for s in sources() for i in imports(s) if i.name.startswith(".")] == []


def test_nothing_is_left_to_do() -> None:
    mark = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    assert [place for place, text in texts() if mark.search(text)] == []


def test_docstrings_begin_with_a_short_line() -> None:
    written = ((s, node) for s in product() for node in public(s))
    long = (
        at(s, node)
        for s, node in written
        if len(first_line(node)) > 80 or first_line(node).startswith("This ")
    )
    assert list(long) == []


def test_every_library_is_imported_in_its_home_alone() -> None:
    astray = [
        imported
        for imported in libraries_imported()
        if not imported.place.startswith(library_homes()[imported.library].places)
    ]
    assert astray == []


def test_every_library_has_a_row_in_the_architecture_page() -> None:
    unlisted = {f"{s.place}: {i.library}" for s in product() for i in imports(s) if is_outside(i)}
    known = {f"{i.place}: {i.library}" for i in libraries_imported()}
    assert unlisted == known


def test_every_row_of_the_library_table_names_something_that_can_be_imported() -> None:
    assert [name for name in library_homes() if not name.isidentifier()] == []


def test_slow_libraries_are_imported_late() -> None:
    late = {name for name, home in library_homes().items() if home.late}
    assert [i for i in libraries_imported() if i.library in late and i.at_start] == []


def test_pages_speak_no_sql() -> None:
    pages = [source for source in sources() if source.place.startswith("pages/")]
    said = [(p.place, text) for p in pages for text in strings(p) if SQL.match(text)]
    assert said == []


def test_pages_know_only_the_rooms_of_a_door() -> None:
    rooms = tuple(f"grasp_ui.{room}" for room in ROOMS_OF_PAGES)
    ours = (i for s in sources() if s.place.startswith("pages/") for i in imports(s))
    assert [i for i in ours if i.library == "grasp_ui" and not i.name.startswith(rooms)] == []


def test_no_press_of_a_button_can_be_lost() -> None:
    """A button has a callback, or is `ui.press.pressed`."""
    drawn = ((s, call) for s in product() for call in calls_in(s))
    buttons = ((s, call) for s, call in drawn if ast.unparse(call.func) == "st.button")
    deaf = [(s, b) for s, b in buttons if "on_click" not in {k.arg for k in b.keywords}]
    assert [at(s, button) for s, button in deaf] == []


def test_the_names_of_tests_are_sentences() -> None:
    tests = (f for s in sources() for f in s.functions() if f.name.startswith("test_"))
    assert [test.name for test in tests if test.name.count("_") < 3] == []


def test_tests_do_not_sleep() -> None:
    calls = ((s, node) for s in sources() if s.place.startswith("tests/") for node in calls_in(s))
    assert [at(s, call) for s, call in calls if ast.unparse(call.func) == "time.sleep"] == []


def test_tests_use_no_private_names() -> None:
    told = (s for s in sources() if s.place.startswith("tests/"))
    private = (i for s in told for i in imports(s) if re.search(r"\._[a-z]", i.name))
    assert list(private) == []


def test_both_requirement_files_pin_alike() -> None:
    app, tests = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: pin for name, pin in app.items() if tests.get(name) != pin} == {}


def test_the_rooms_below_the_pages_load_no_page_library_and_no_model() -> None:
    below = [module(s) for s in product() if s.place.startswith("grasp_ui/")]
    rooms = [name for name in below if not name.startswith(("grasp_ui.ui", "grasp_ui.cli.__"))]
    assert loaded_by(f"import {', '.join(rooms)}").isdisjoint(PAGE_LIBRARIES)


@pytest.mark.parametrize("line", ["grasp --help", "grasp run --help", "grasp export --help"])
def test_help_loads_no_slow_library(line: str) -> None:
    slow = {"streamlit", "litellm", "xllamacpp", "duckdb", "pyarrow", "pandas", "aiohttp"}
    assert loaded_by(SAID.format(line.split())).isdisjoint(slow | tagging_libraries())


def at(source: Source, node: ast.AST) -> str:
    name = getattr(node, "name", "")
    return f"{source.place}:{getattr(node, 'lineno', 1)} {name}".strip()


def span(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def too_long(limit: int, told: Iterable[Source], prefix: str = "") -> Iterator[str]:
    for source in told:
        for function in source.functions():
            documented = span(function.body[0]) if ast.get_docstring(function) else 0
            if function.name.startswith(prefix) and span(function) - documented > limit:
                yield at(source, function)


def depth(body: list[ast.stmt]) -> int:
    """How deep blocks are nested; an `elif` is as deep as its `if`."""
    return max((_depth_of(statement) for statement in body), default=0)


def _depth_of(statement: ast.stmt) -> int:
    if not isinstance(statement, BLOCKS):
        return 0
    inside = [depth(getattr(part, "body", [])) for part in _parts(statement)]
    other = getattr(statement, "orelse", [])
    is_elif = isinstance(statement, ast.If) and len(other) == 1 and isinstance(other[0], ast.If)
    return max(1 + max(inside), depth(other) + (0 if is_elif else 1 if other else 0))


def _parts(statement: ast.stmt) -> list[ast.AST]:
    if isinstance(statement, ast.Match):
        return list(statement.cases)
    return [statement, *getattr(statement, "handlers", [])]


def banned_names(source: Source) -> Iterator[tuple[int, str]]:
    for part in source.place.removesuffix(".py").split("/"):
        if part in BANNED:
            yield 0, part
    for node in ast.walk(source.tree):
        name = _name_given(node)
        words = re.findall(r"[A-Z][a-z]+", name) if isinstance(node, ast.ClassDef) else [name]
        if name.startswith("do_") or {word.lower() for word in words} & BANNED:
            yield getattr(node, "lineno", 0), name


def _name_given(node: ast.AST) -> str:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
            return name
        case _:
            return ""


def public(source: Source) -> Iterator[Documented]:
    for node in ast.walk(source.tree):
        if isinstance(node, Documented) and not getattr(node, "name", "").startswith("_"):
            yield node


def first_line(node: Documented) -> str:
    return (ast.get_docstring(node) or "").split("\n")[0]


def is_outside(imported: Imported) -> bool:
    ours = {"grasp_ui", *sys.stdlib_module_names}
    return imported.library not in ours and not imported.name.startswith(".")


def libraries_imported() -> list[Imported]:
    return [i for s in product() for i in imports(s) if i.library in library_homes()]


def tagging_libraries() -> set[str]:
    homes = library_homes()
    return {name for name, home in homes.items() if home.places == ("grasp_ui/tagging/",)}


def strings(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def calls_in(source: Source) -> Iterator[ast.Call]:
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))


def pins(file: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / file).read_text(), re.M))


def module(source: Source) -> str:
    return source.place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def loaded_by(code: str) -> set[str]:
    """The top-level modules that a fresh process has after `code`."""
    ask = f"{code}\nimport sys\nprint('\\n', *{{name.split('.')[0] for name in sys.modules}})"
    said = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(said.stdout.splitlines()[-1].split())
