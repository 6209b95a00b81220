"""A block of Python that cannot be read."""

from collections.abc import Callable

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Planted, unharmed

WHOLE = (
    'def greet(name):\n    return f"Hello, {name}"\n\n\nprint(greet("Ada"))',
    "total = 0\nfor price in [3, 4]:\n    if price > 3:\n        total += price\nprint(total)",
    "class Pot:\n    def __init__(self, size):\n        self.size = size",
    'with open("notes.txt") as file:\n    lines = [line.strip() for line in file]',
    "try:\n    value = int(text)\nexcept ValueError:\n    value = 0",
    "import math\n\narea = math.pi * radius ** 2\nprint(round(area, 2))",
)
BREAKS: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("):", ")", 1).replace("]:", "]", 1).replace("file:", "file", 1)
    .replace("try:", "try", 1).replace("math\n", "math math\n", 1),
    lambda text: text[::-1].replace(")", "", 1)[::-1] if text[-1] == ")" else text + ")",
    lambda text: text.replace("    ", "", 1).replace("area =", "area = =", 1),
    lambda text: text.replace('"', "“", 1) if '"' in text else text + "\nprint(“done”)",
    lambda text: text + "\n\nThis prints the result for you.",
)  # fmt: skip
HONEST = (
    ">>> 1 + 1\n2\n>>> for n in range(2):\n...     print(n)\n0\n1",
    "!pip install requests\nimport requests",
    "%matplotlib inline\nimport math",
    "$ python app.py\nprint('started')",
    'print "hello"\nprint "total:", 3',
    "try:\n    run()\nexcept OSError, error:\n    print error",
    "    x = 1\n    y = x + 1",
    "else:\n    wait()",
    "except KeyError:\n    pass",
    "def area(width, height):",
    "def area(width: int) -> int",
    "def later(text):\n    ...",
    "call(first, ..., last=<your value>)",
    "x = 1\n    y = 2\n    z = 3",
    "return total",
    'pattern = "\\d+"',
    "raise ValueError, 'too small'",
    "elif size > 3:\n    grow()\nelse:\n    stop()",
    "async def go():\n    await rest()",
    "match kind:\n    case 1:\n        pass",
)


def faulty() -> list[Planted]:
    """Programs that lost a colon, a bracket, an indentation, or have prose in them."""
    texts = dict.fromkeys(broken(one) for one in WHOLE for broken in BREAKS)
    broken = [text for text in texts if text not in WHOLE]
    return [
        Planted(said("Show it.", f"Here:\n\n```python\n{text}\n```\n\nDone."), "m1")
        for text in broken
    ]


def clean() -> list[Conversation]:
    """Whole programs, sessions, shell lines, parts, Python 2, and dialogues as they are."""
    shown = [said("Show it.", f"Here:\n\n```python\n{text}\n```") for text in (*WHOLE, *HONEST)]
    other = said("Show it.", "```ruby\nputs 'hi' if x\n```")
    return [*shown, other, *unharmed()]
