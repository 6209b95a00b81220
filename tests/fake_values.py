"""What the fake server says: a text, a value or probabilities, drawn with a number."""

from math import log
from typing import Any

WORDS = [
    "garden", "train", "paper", "bread", "river", "music", "window", "market", "doctor", "recipe",
    "useful", "clear", "gentle", "quick", "simple", "often", "because", "however", "therefore",
]  # fmt: skip


def text_of(drawn: int, count: int) -> str:
    """A sentence of `count` words."""
    chosen = [WORDS[(drawn >> at % 48) * (at + 3) % len(WORDS)] for at in range(count)]
    return " ".join(chosen).capitalize() + "."


def value_of(schema: dict[str, Any], drawn: int) -> Any:
    """A value that fits a plain schema of objects, enums, numbers and texts."""
    if "enum" in schema:
        return schema["enum"][drawn % len(schema["enum"])]
    match schema.get("type"):
        case "object":
            named = enumerate(schema.get("properties", {}).items())
            return {name: value_of(part, drawn // 7 + at) for at, (name, part) in named}
        case "array":
            return [value_of(schema.get("items", {}), drawn + at) for at in range(2)]
        case "integer" | "number":
            low, high = schema.get("minimum", 1), schema.get("maximum", 5)
            return low + drawn % (high - low + 1)
        case "boolean":
            return bool(drawn % 2)
        case _:
            return text_of(drawn, 6)


def yes_or_no(drawn: int) -> tuple[str, dict[str, Any]]:
    """The likelier word, and the log-probabilities of both."""
    share = (drawn % 999 + 1) / 1001
    pairs = sorted([("Yes", share), ("No", 1 - share)], key=lambda pair: -pair[1])
    top = [{"token": token, "logprob": log(mass)} for token, mass in pairs]
    return pairs[0][0], {"content": [{**top[0], "top_logprobs": top}]}
