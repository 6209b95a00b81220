"""A formula that is not closed, or whose parts do not match."""

from collections.abc import Callable

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Planted, unharmed

FORMULAS = (
    r"\[ x = \frac{-b}{2a} \]",
    r"\( a^2 + b^{n+1} = c^2 \)",
    r"$$\sum_{n=1}^{k} n = \frac{k(k+1)}{2}$$",
    r"\begin{align} y &= m^{x} + b \\ z &= 2 \end{align}",
    r"\[ \left( \frac{1}{2} \right)^n \]",
    r"$$\int_0^1 x^{2} \, dx = \frac{1}{3}$$",
    r"\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}",
    r"\( \sqrt{\frac{a}{b}} \)",
    r"\[ \begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases} \]",
    r"$$\lim_{x \to 0} \frac{\sin x}{x} = 1$$",
)
ENDS = (r" \]", r" \)", r"\right", "{align}", "{pmatrix}", "{cases}", "$$")


def _without_its_end(text: str) -> str:
    """`text` without the last sign that closes something."""
    end = max(ENDS, key=text.rfind)
    return text[: text.rfind(end)] + text[text.rfind(end) + len(end) :]


def _without_its_beginning(text: str) -> str:
    """`text` without the first sign that opens something."""
    return text.removeprefix(r"\[").removeprefix(r"\(").replace(r"\begin", "begin", 1)


def _without_a_brace(text: str) -> str:
    """`text` without the first closing brace."""
    return text.replace("}", "", 1)


BREAKS: tuple[Callable[[str], str], ...] = (
    _without_its_end,
    _without_its_beginning,
    _without_a_brace,
)
HONEST = (
    "The price is $5, and $12 for two.",
    r"The folder is C:\[backup] on Windows.".replace(r"\[", "\\\\["),
    "In a shell `$$` is the number of the process.",
    "The bistro is $$, the palace is $$$$.",
    r"Use `\(` and `\)` in a regular expression.",
    r"The interval is \( \left[0, 1\right) \).",
    r"A set is \( \{1, 2\} \).",
    r"\begin{cases} 1 \\[2pt] 0 \end{cases}",
    "```latex\n\\begin{align}\n```",
    r"An arrow is \( \leftarrow \) or \( \rightarrow \).",
    r"\( \left. f \right|_0 \)",
    "It costs $$ and is worth it.",
    r"Escape it as \{ or \}.",
)


def faulty() -> list[Planted]:
    """Formulas that lost a sign, a brace or a name."""
    texts = dict.fromkeys(
        f"So we get {broken(one)} as it was said." for one in FORMULAS for broken in BREAKS
    )
    whole = {f"So we get {one} as it was said." for one in FORMULAS}
    broken = [text for text in texts if text not in whole]
    return [Planted(said("How do I solve it?", text), "m1") for text in broken]


def clean() -> list[Conversation]:
    """Whole formulas, prices, paths, sets, and dialogues as they are."""
    whole = [said("How do I solve it?", f"So we get {one} as it was said.") for one in FORMULAS]
    return [*whole, *(said("How is it written?", text) for text in HONEST), *unharmed()]
