"""Generated text cannot do anything in the page that shows it."""

import json

import pytest
from playwright.sync_api import Dialog, Page, Request, expect

from tests.browser.screens import Review, Run
from tests.browser.server import RunningApp

pytestmark = pytest.mark.browser
HOSTILE = """\
# A heading
<script>document.title = 'taken'</script>
<img src=x onerror="document.title='taken'"> <iframe src="http://evil.example"></iframe>
![picture](http://evil.example/a.png) [link](http://evil.example) <http://evil.example>
http://evil.example and www.evil.example
![by reference][1]

[1]: http://evil.example/b.png

`inline <b>code</b>` and $x^2$ for $5 or $6

| a | b |
|---|---|
| 1 | 2 |

```python
print("<script>", items[0](1))
```
שלום עולם, مرحبا 🎉🇪🇺👩🏽‍🚀
"""
GRAPH = """\
grasp: 1
title: Hostile words
seeds: {{kind: inline, rows: [{{words: {words}}}]}}
nodes:
  draw: {{kind: sampler, writes: drawn, options: {{one: 1}}}}
output:
  messages:
    - {{role: user, content: "Say something."}}
    - {{role: assistant, content: "{{words}}"}}
"""


def test_hostile_text_is_shown_and_does_nothing(app: RunningApp, tab: Page) -> None:
    asked = watched(tab)
    message = read(app, tab, HOSTILE).messages.nth(1)
    expect(message).to_contain_text("<script>")
    assert tab.title() != "taken"
    assert message.locator("script, img, iframe, b").count() == 0
    assert message.locator("a[href]").count() == 0
    assert asked == []


def test_what_is_harmless_is_drawn(app: RunningApp, tab: Page) -> None:
    message = read(app, tab, HOSTILE).messages.nth(1)
    expect(message.locator("table")).to_be_visible()
    expect(message.locator(".katex").first).to_be_visible()
    expect(message.locator("pre")).to_contain_text('print("<script>", items[0](1))')
    expect(message).to_contain_text("for $5 or $6")
    expect(message).to_contain_text("שלום עולם, مرحبا 🎉🇪🇺👩🏽‍🚀")


def test_twenty_thousand_characters_scroll_inside_their_turn(app: RunningApp, tab: Page) -> None:
    message = read(app, tab, "A long story. " * 1_450).messages.nth(1)
    box = message.bounding_box()
    assert box
    assert box["height"] < 600
    expect(message).to_contain_text("A long story.")


def read(app: RunningApp, tab: Page, text: str) -> Review:
    """Bring `text` into a conversation by a run, and open that."""
    folder = app.home / "graphs"
    folder.mkdir(exist_ok=True)
    (folder / "hostile.yaml").write_text(GRAPH.format(words=json.dumps(text)), encoding="utf-8")
    run = Run(tab, app.address).open("?graph=own/hostile").start(1).ended()
    return run.open_conversations().read_first()


def watched(tab: Page) -> list[str]:
    """What the page asks of other machines, and every dialog that it opens, from now on."""
    found: list[str] = []

    def asked(request: Request) -> None:
        if "evil.example" in request.url:
            found.append(request.url)

    def opened(dialog: Dialog) -> None:
        found.append(dialog.message)
        dialog.dismiss()

    tab.on("request", asked)
    tab.on("dialog", opened)
    return found
