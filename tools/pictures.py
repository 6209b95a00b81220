"""Take the pictures of the Design page that docs/screens.md shows.

.venv/bin/python tools/pictures.py

Starts the app with a scratch workspace and a model that answers slowly, opens the canvas in five
states, two sizes, light and dark, and writes `docs/images/design/STATE-WIDTH-SCHEME.png`.
"""

import os
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.canvas_screen import Canvas  # noqa: E402 - the tests lie beside the tools
from tests.browser.server import RunningApp  # noqa: E402 - the tests lie beside the tools
from tests.browser.workspaces import with_model  # noqa: E402 - the tests lie beside the tools
from tests.fake_server import FakeServer, fake_server  # noqa: E402 - the tests lie beside the tools
from tools.browser import ADVICE, find_browser  # noqa: E402 - as above

OUT = ROOT / "docs" / "images" / "design"
SIZES = ((1280, 800), (1920, 1080))
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STATES = ("empty", "six", "sixty", "running", "failed")
COLOURS = 200
PACE_SECONDS = {"running": 0.12, "failed": 0.03}
"""Between two words of an answer."""
PATIENCE = 60_000
EMPTY = """\
grasp: 1
title: A new dialogue
models: {writer: {model: fake, temperature: 0.3}}
seeds: {kind: inline, rows: [{topic: tomatoes on a balcony}, {topic: a slow laptop}]}
"""
SIX = """\
grasp: 1
title: Critique until it holds
models:
  writer: {model: fake, temperature: 0.3, max_tokens: 60}
  critic: {model: fake, temperature: 0.0}
seeds: {kind: inline, rows: [{topic: tomatoes on a balcony}, {topic: a slow laptop}]}
nodes:
  mood: {kind: sampler, writes: mood, options: {curious: 3, annoyed: 1}}
  ask:
    kind: turn
    role: user
    model: writer
    persona: A {mood} person who wants to know about {topic}.
    prompt: Ask one short question about {topic}.
  answer: {kind: turn, role: assistant, model: writer, revises: true, prompt: Answer in two sentences.}
  critique: {kind: judge, rubric: helpfulness, model: critic, method: p_yes, writes: critique}
  thanks: {kind: turn, role: user, model: writer, prompt: Thank them in a few words.}
  close: {kind: turn, role: assistant, model: writer, prompt: Say good bye.}
edges:
  - mood -> ask -> answer -> critique
  - {from: critique, to: answer, when: critique.score < 0.9, max_visits: 2}
  - critique -> thanks -> close
layout:
  mood: [0, 0]
  ask: [300, 0]
  answer: [600, 0]
  critique: [900, 0]
  thanks: [300, 330]
  close: [600, 330]
"""  # noqa: E501 - a node a line


def sixty() -> str:
    """A graph of sixty nodes: ten topics, each drawn, asked, answered, judged, split and kept."""
    nodes, edges, layout = [], [], []
    for row in range(10):
        chain = [f"{name}_{row}" for name in ("mood", "ask", "answer", "grade", "check", "reply")]
        draw, ask, answer, grade, check, reply = chain
        nodes += [
            f"  {draw}: {{kind: sampler, writes: {draw}, options: [curious, annoyed, shy]}}",
            f'  {ask}: {{kind: generate, model: writer, writes: {ask}, prompt: "Ask {{{draw}}}."}}',
            f'  {answer}: {{kind: generate, model: writer, writes: {answer}, prompt: "{{{ask}}}"}}',
            f'  {grade}: {{kind: split, text: "{{{answer}}}", writes: {grade}}}',
            f'  {check}: {{kind: template, text: "{{{ask}}} {{{answer}}}", writes: {check}}}',
            f'  {reply}: {{kind: normalize, text: "{{{check}}}", writes: {reply}}}',
        ]
        edges.append(f"  - {' -> '.join(chain)}")
        layout += [f"  {name}: [{300 * at}, {230 * row}]" for at, name in enumerate(chain)]
    head = "grasp: 1\ntitle: Ten topics at once\nmodels: {writer: {model: fake}}\n"
    output = 'output: {messages: [{role: user, content: "{ask_0}"}]}\n'
    parts = ("nodes:", *nodes, "edges:", *edges, "layout:", *layout)
    return head + output + "\n".join(parts) + "\n"


def main() -> None:
    """Take all pictures; says how large they are together."""
    path = browser()
    with TemporaryDirectory() as scratch, fake_server(words=40) as server:
        server.draw = fault
        app = RunningApp(home=Path(scratch) / "home")
        app.home.mkdir()
        write_graphs(app.home, server)
        app.start()
        try:
            with sync_playwright() as playwright:
                chromium = playwright.chromium.launch(executable_path=path, args=flags())
                take_all(chromium, app, server)
        finally:
            app.stop()
    files = sorted(OUT.glob("*.png"))
    total = sum(file.stat().st_size for file in files)
    print(f"{len(files)} pictures, {total / 1e6:.1f} MB, in {OUT.relative_to(ROOT)}")


def fault(body: dict[str, Any]) -> str:
    """Which request fails: the one of the graph that is to fail."""
    return "500" if "Praise them" in str(body["messages"][-1]["content"]) else ""


def browser() -> str:
    """The path of a browser; ends with what to do where there is none."""
    return find_browser() or sys.exit(ADVICE)


def flags() -> list[str]:
    """What the browser needs to be told: root has no sandbox."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


def write_graphs(home: Path, server: FakeServer) -> None:
    """The workspace: one graph for each state, and the model that they ask."""
    with_model(home, server)
    texts = {
        "empty": EMPTY,
        "six": SIX,
        "sixty": sixty(),
        "running": SIX,
        "failed": SIX.replace("Thank them", "Praise them"),
    }
    for name, text in texts.items():
        (home / "graphs" / f"{name}.yaml").write_text(text, encoding="utf-8")


def take_all(chromium: Browser, app: RunningApp, server: FakeServer) -> None:
    """Every state in every size and scheme."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, tab in tabs(chromium):
        for state in STATES:
            server.pace = PACE_SECONDS.get(state, 0.0)
            show(Canvas(tab, app.address), state)
            keep(tab.screenshot(), OUT / f"{state}-{name}.png")
            stop(tab)
        tab.context.close()


def tabs(chromium: Browser) -> Iterator[tuple[str, Page]]:
    """A tab for each size and scheme, with a name for its pictures."""
    for width, height in SIZES:
        for scheme in SCHEMES:
            context = chromium.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                reduced_motion="reduce",
            )
            yield f"{width}-{scheme}", context.new_page()


def show(canvas: Canvas, state: str) -> None:
    """Bring the page into one of the states."""
    canvas.open(f"?graph=own/{state}").ready()
    if state == "running":
        canvas.set_records(4).press_run()
        expect(canvas.node("critique").locator(".status .counts")).not_to_be_empty(timeout=PATIENCE)
        said = canvas.state("answer", "running").locator(".said")
        expect(said).to_have_text(re.compile(r"(\w+ ){12}"), timeout=PATIENCE)
    if state == "failed":
        canvas.set_records(2).press_run()
        expect(canvas.state("thanks", "failed")).to_be_visible(timeout=PATIENCE)
        canvas.tab.get_by_role("button", name="Time line").click()
        expect(canvas.tab.locator(".progress[data-state=running]")).to_have_count(
            0, timeout=PATIENCE
        )
    if state in ("six", "failed"):
        canvas.fit().select("ask" if state == "six" else "thanks")
    canvas.tab.get_by_role("button", name="Fit everything").click()
    canvas.tab.evaluate("() => document.activeElement?.blur()")
    canvas.tab.mouse.move(5, 5)


def stop(tab: Page) -> None:
    """End the run that goes on, so that the next state has the model for itself."""
    button = tab.locator(".toolbar").get_by_role("button", name="Stop")
    if button.count():
        button.click()
        expect(button).to_have_count(0, timeout=PATIENCE)


def keep(picture: bytes, file: Path) -> None:
    """Write a picture with few colours, so that it is small."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main()
