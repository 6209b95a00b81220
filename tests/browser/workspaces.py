"""Workspaces made ready for the app, before its first page is opened."""

from pathlib import Path

from playwright.sync_api import Page

from grasp_ui.model.event import RecordResult
from grasp_ui.model.selection import Selection
from grasp_ui.services.learned import train_on_people
from grasp_ui.services.settings import ModelSettings, Settings, save_settings
from grasp_ui.services.tagging import tag_again
from grasp_ui.services.workspace import open_workspace
from grasp_ui.store.conversations import add_conversations
from tests.browser.screens import Review, Run
from tests.browser.server import RunningApp
from tests.fake_server import FakeServer
from tests.services import reviewed
from tests.services.test_profile_effect import LOOP, named

PAIRS = """\
grasp: 1
title: Two answers, one judge
models:
  writer: {model: fake, max_tokens: 40}
  other: {model: fake, max_tokens: 41}
seeds: {kind: inline, rows: [{topic: rain}, {topic: bread}, {topic: music}]}
nodes:
  ask: {kind: turn, role: user, model: writer, prompt: "Ask about {topic}, number {record}."}
  answers: {kind: panel, role: assistant, models: [writer, other]}
  grade: {kind: judge, rubric: helpfulness, model: writer, method: p_yes, writes: grade}
edges: [ask -> answers -> grade]
"""


def with_model(home: Path, server: FakeServer, *, usd: float = 0.0) -> None:
    """Settings that know the model `fake`, and a graph of one's own that asks it.

    `usd` is what a million tokens cost, sent or written; by 0 it has no price.
    """
    fake = ModelSettings(
        name="fake", url=server.url, calls_at_once=2, prompt_usd=usd, completion_usd=usd
    )
    models = (*Settings().models, fake)
    save_settings(home, Settings(models=models))
    (home / "graphs").mkdir(exist_ok=True)
    (home / "graphs" / "pairs.yaml").write_text(PAIRS, encoding="utf-8")


def after_a_run(app: RunningApp, tab: Page, server: FakeServer, records: int = 3) -> Review:
    """The list of what a run of `records` records left."""
    with_model(app.home, server)
    run = Run(tab, app.address).open("?graph=own/pairs").start(records).ended()
    return run.open_conversations()


def all_tagged(app: RunningApp) -> None:
    """Conversations that rules, two judges and two people spoke of, and models learned of them.

    One rule is often overruled, another finds something; both hold for the page *Tagging*.
    """
    app.stop()
    workspace = open_workspace(home=app.home)
    reviewed.with_judgements(workspace)
    reviewed.with_decisions(workspace)
    for number in range(10):
        reviewed.scored(workspace, f"c{number}", 1 + number % 5, person="bob")
    loops = [f"loop{number}" for number in range(5)]
    talks = [named(name, "Tell me something.", f"{LOOP} {name}") for name in loops]
    add_conversations(workspace.database, [RecordResult(talk) for talk in talks])
    tag_again(workspace, Selection())
    for name in loops:
        reviewed.deed(workspace, "keep", name)
    train_on_people(workspace)
    workspace.close()
    app.start()
