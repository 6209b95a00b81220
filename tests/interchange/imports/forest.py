"""Small trees of our own, and the layouts in which OASST data writes them."""

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from grasp_ui.interchange.import_format import IMPORT_FORMATS, Imported, Intake
from grasp_ui.interchange.imports import oasst
from grasp_ui.interchange.jsonfile import items_in
from grasp_ui.interchange.rows import SetAside
from grasp_ui.interchange.text_file import FoundFile
from grasp_ui.model.conversation import Conversation

Said = dict[str, Any]
FORMATS = (oasst,)


def said(name: str, role: str, text: str, *replies: Said, **more: Any) -> Said:
    """A message with its replies, and whatever else the file says of it."""
    told = {"lang": "en", "review_result": True, "deleted": False, "rank": None, "labels": None}
    return {"message_id": name, "text": text, "role": role, **told, **more, "replies": [*replies]}


def asked(name: str, text: str, *replies: Said, **more: Any) -> Said:
    """A message of the person who asks."""
    return said(name, "prompter", text, *replies, **more)


def answer(name: str, text: str, *replies: Said, **more: Any) -> Said:
    """A message of the assistant."""
    return said(name, "assistant", text, *replies, **more)


def labels(**values: float) -> Said:
    """Labels of three people each, as means by name."""
    return {name: {"value": value, "count": 3} for name, value in values.items()}


FOREST = (
    asked(
        "wind",
        "How do I keep tomatoes alive on a windy balcony?",
        answer(
            "wind.2",
            "Tomatoes like wind.",
            rank=2,
            deleted=True,
            labels=labels(quality=0.1, spam=0.5),
        ),
        answer(
            "wind.0",
            "Tie each stem to a cane, and put a mesh on the side where the wind comes from.",
            asked(
                "wind.0.u",
                "Which mesh is best for that?",
                answer("wind.0.a", "A shade net of half density slows the wind and lets light in."),
            ),
            rank=0,
            labels=labels(quality=0.9, spam=0.0, humor=0.25),
            emojis={"+1": 3, "-1": 1, "_skip_reply": 2},
            detoxify={"toxicity": 0.02, "insult": 0.01},
        ),
        answer(
            "wind.1",
            "Move the pots behind a wall and water them in the evening.",
            rank=1,
            review_count=3,
        ),
        labels=labels(quality=0.75),
    ),
    asked(
        "knot",
        "Which knot holds two ropes of different thickness?",
        answer(
            "knot.a", "The sheet bend does: the thinner rope goes round the thicker one.", rank=0
        ),
        answer("knot.b", "Any knot will do if you pull hard enough.", rank=2),
        answer(
            "knot.c", "Buy ropes at my shop, they are the cheapest in town!", review_result=False
        ),
    ),
    asked(
        "echo",
        "Why do we hear an echo in the mountains?",
        answer(
            "echo.a", "Sound is thrown back by the rock and comes to us a little later.", rank=0
        ),
        answer(
            "echo.b", "Sound is thrown back by the rock  and comes to us a little later.", rank=1
        ),
    ),
    asked(
        "lost",
        "Write my whole thesis for me by tomorrow, now!!!",
        answer("lost.a", "I can help you to plan it; tell me what it is about.", rank=0),
        answer("lost.b", "No, I will not do that for you at all.", rank=1),
        review_result=False,
    ),
)
MESSAGES = 16


def flat(tree: Said, parent: str | None = None, top: str = "") -> Iterator[Said]:
    """The messages of a tree, one by one, each with its parent and its tree."""
    top = top or tree["message_id"]
    rest = {key: value for key, value in tree.items() if key != "replies"}
    yield {**rest, "parent_id": parent, "message_tree_id": top, "tree_state": "ready_for_export"}
    for reply in tree["replies"]:
        yield from flat(reply, tree["message_id"], top)


def in_columns(message: Said) -> Said:
    """A message whose labels and emojis are parallel lists, as on the hub."""
    found, emojis = message["labels"], message.get("emojis")
    told = found and {
        "name": list(found),
        "value": [one["value"] for one in found.values()],
        "count": [one["count"] for one in found.values()],
    }
    counted = emojis and {"name": list(emojis), "count": list(emojis.values())}
    return {**message, "labels": told, "emojis": counted}


def threads(tree: Said) -> Iterator[Said]:
    """The ways from the prompt of a tree to each last message."""

    def below(message: Said, above: list[Said]) -> Iterator[list[Said]]:
        way = [*above, {key: value for key, value in message.items() if key != "replies"}]
        if not message["replies"]:
            yield way
        for reply in message["replies"]:
            yield from below(reply, way)

    for way in below(tree, []):
        yield {"thread_id": way[-1]["message_id"], "thread": way}


def earlier(tree: Said) -> Iterator[Said]:
    """The layout of the first version: a message has two ids, and no tree is named."""
    for message in flat(tree):
        yield {
            "task_message_id": f"task {message['message_id']}",
            "user_message_id": message["message_id"],
            "parent_message_id": message["parent_id"],
            "text": message["text"],
            "role": message["role"],
        }


def rows_of_sygra(tree: Said) -> Iterator[Said]:
    """A row a message, the roles as chats have them."""
    roles = {"prompter": "user", "assistant": "assistant"}
    for level, message in enumerate(flat(tree)):
        yield {
            "conversation_id": message["message_tree_id"],
            "message_id": message["message_id"],
            "parent_id": message["parent_id"],
            "message_level": level,
            "role": roles[message["role"]],
            "content": message["text"],
        }


def all_messages(forest: Sequence[Said] = FOREST) -> list[Said]:
    """The messages of all trees, in order."""
    return [message for tree in forest for message in flat(tree)]


def trees_of_two(count: int) -> list[Said]:
    """As many trees of two messages each, one after the other."""
    return [
        {"message_id": f"{side}{number}", "text": f"{text} {number}?", "role": role,
         "parent_id": parent and f"{parent}{number}", "message_tree_id": f"ask{number}"}
        for number in range(count)
        for side, text, role, parent in (
            ("ask", "What is tea number", "prompter", None),
            ("say", "Do you mean the tea called", "assistant", "ask"),
        )
    ]  # fmt: skip


LAYOUTS: dict[str, list[Said]] = {
    "messages": all_messages(),
    "messages, labels in columns": [in_columns(message) for message in all_messages()],
    "trees": [{"message_tree_id": t["message_id"], "tree_state": "ready_for_export", "prompt": t}
              for t in FOREST],
    "messages with replies": list(FOREST),
    "threads": [thread for tree in FOREST for thread in threads(tree)],
}  # fmt: skip
BARE_LAYOUTS: dict[str, list[Said]] = {
    "messages of the first version": [one for tree in FOREST for one in earlier(tree)],
    "rows of SyGra": [one for tree in FOREST for one in rows_of_sygra(tree)],
}


def written(folder: Path, objects: Sequence[Any], name: str = "oasst.jsonl") -> Path:
    """A file of `objects`, one a line; a list where the name ends in .json, packed by .gz."""
    path = folder / name
    lines = [one if isinstance(one, str) else json.dumps(one) for one in objects]
    text = f"[{', '.join(lines)}]" if ".json" in path.suffixes else "\n".join(lines)
    raw = text.encode("utf-8", "surrogatepass")
    path.write_bytes(gzip.compress(raw) if path.suffix == ".gz" else raw)
    return path


def read(path: Path, **config: Any) -> tuple[list[Imported], list[SetAside], Intake]:
    """What the reader makes of a file."""
    part, intake = IMPORT_FORMATS["oasst"], Intake()
    items = items_in(FoundFile(path, path.name))
    found = list(part.deed(part.config.model_validate(config), items, intake))
    whole = [one for one in found if isinstance(one, Imported)]
    return whole, [one for one in found if isinstance(one, SetAside)], intake


def read_objects(folder: Path, *objects: Any) -> tuple[list[Imported], list[SetAside], Intake]:
    """What the reader makes of a file of `objects`."""
    return read(written(folder, objects))


def shape(conversation: Conversation) -> list[tuple[str, str, str, bool]]:
    """A conversation as its texts: role, text, the text above, whether it is active."""
    texts = {message.id: message.content for message in conversation.messages}
    return sorted(
        (one.role, one.content, texts.get(one.parent_id or one.id, "?"), one.active)
        for one in conversation.messages
    )
