"""A block of JSON that cannot be read."""

from collections.abc import Callable

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Planted, unharmed

WHOLE = (
    '{"id": 7, "state": "sent", "tags": ["new", "paid"]}',
    '[{"city": "Porto", "night": 3}, {"city": "Faro", "night": 2}]',
    '{\n  "name": "Ada",\n  "born": 1815,\n  "alive": false\n}',
    '{"outer": {"inner": [1, 2.5, -3e4]}, "text": "a \\"quoted\\" word"}',
    '{"menu": {"soup": 4.5, "bread": null}, "open": true}',
)
BREAKS: tuple[Callable[[str], str], ...] = (
    lambda text: text[:-1],
    lambda text: text.replace('"', "'"),
    lambda text: text.replace(":", " =", 1),
    lambda text: text[:-1] + "," + text[-1],
    lambda text: text.replace('",', '"', 1).replace("3}", "3]").replace("4.5,", "4.5"),
    lambda text: text.replace("false", "False").replace("true", "True").replace('"id": 7', "id: 7")
    .replace('"city"', "city", 1).replace("2.5", "2.5.1"),
)  # fmt: skip
HONEST = (
    '```json\n{"a": 1}\n{"a": 2}\n```',
    '```json\n"id": 7,\n"state": "sent"\n```',
    '```json\n{"a": 1, ...}\n```',
    '```json\n{"id": <your id>}\n```',
    '```json\n{"a": 1} // the first\n```',
    '```json\n{\n  # all of them\n  "a": 1\n}\n```',
    '```json\n{"url": "https://example.org/a//b"}\n```',
    "```\n{not json at all\n```",
    "```js\nconst a = {b: 1};\n```",
    "```json5\n{b: 1}\n```",
    '```json\n{"user": {{user}}}\n```',
    "JSON needs double quotes: {'a': 1} is wrong.",
    "```json\n```",
    "```json\n[1, 2, 3]\n```",
    '```json\n"a text alone"\n```',
    '- so:\n  ```json\n  {"a": [\n    1]}\n  ```',
)


def faulty() -> list[Planted]:
    """Blocks that lost a bracket, have wrong quotes, a comma too many, and so on."""
    texts = dict.fromkeys(broken(one) for one in WHOLE for broken in BREAKS)
    broken = [text for text in texts if text not in WHOLE]
    return [
        Planted(said("Show it.", f"Here:\n\n```json\n{text}\n```\n\nDone."), "m1")
        for text in broken
    ]


def clean() -> list[Conversation]:
    """Whole blocks, several values, parts, comments, other languages, and dialogues."""
    whole = [said("Show it.", f"Here:\n\n```json\n{text}\n```") for text in WHOLE]
    return [*whole, *(said("Show it.", text) for text in HONEST), *unharmed()]
