"""A code fence that is never closed."""

from random import Random

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Planted, dialogues, mutated, unharmed

NAMES = ("", "python", "js", "bash", "sql", "json")
HONEST = (
    "````md\n```py\nx = 1\n````\nThat is a block in a block.",
    "Write it as ```run()``` in a line.",
    "Three backticks (```) open a block.",
    "~~~\nplain\n~~~",
    "- first:\n  ```\n  a\n  ```\n- second",
    "> ```\n> quoted\n> ```",
    "```\na\n``` and so on",
    "1. Do this:\n   ```sh\n   ls\n   ```",
    "``` js\nlet a = 1;\n```",
    "```\n```",
)


def _opened_behind(text: str, chance: Random) -> str:
    name, sign = chance.choice(NAMES), chance.choice(["```", "````", "~~~"])
    return f"{text}\n\n{sign}{name}\ncount = {chance.randrange(99)}\ntotal = count + 1"


def _opened_before(text: str, chance: Random) -> str:
    return f"Like so:\n```{chance.choice(NAMES)}\n{text}" if "```" not in text else f"```\n{text}"


def faulty() -> list[Planted]:
    """Answers with a fence that is opened before them, or behind them."""
    plain = [one for one in dialogues() if "code" not in one.has]
    return [
        *mutated(_opened_behind, seed=26),
        *mutated(_opened_before, seed=27, told=plain[:15]),
    ]


def clean() -> list[Conversation]:
    """Fences in fences, in lists, in lines, and dialogues as they are."""
    return [*(said("How do I show code?", text) for text in HONEST), *unharmed()]
