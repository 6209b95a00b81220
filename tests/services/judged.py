"""Stored conversations and a fake judge, for the tests of stage two."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.event import RecordResult
from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import ConversationId, MessageId
from grasp_ui.services import review, stage_two
from grasp_ui.services.settings import ModelSettings, Settings
from grasp_ui.services.stage_two import TaggingView, Wish
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.conversations import add_conversations
from tests.fake_server import FakeServer, fake_server
from tests.services.rooms import workspace

HELPFUL = """\
rules: {}
judges:
  - {rubric: helpfulness, method: schema, models: [critic], minimum: 3, action: reject}
"""
SCORE = re.compile(r"score (\d+)")
Body = dict[str, Any]


def conversation(name: str, *texts: str) -> Conversation:
    """An imported thread: the user begins, the assistant answers, and so on."""
    about = ConversationId(name)
    messages = tuple(
        Message(
            id=MessageId(f"{name}.{n}"),
            conversation_id=about,
            parent_id=MessageId(f"{name}.{n - 1}") if n else None,
            role="assistant" if n % 2 else "user",
            content=text,
        )
        for n, text in enumerate(texts)
    )
    return Conversation(id=about, source="imported", messages=messages)


def siblings(name: str, prompt: str, *answers: str) -> Conversation:
    """A prompt with several answers; the first is active."""
    first = conversation(name, prompt).messages[0]
    others = tuple(
        first.model_copy(
            update={
                "id": f"{name}.{n}", "parent_id": first.id, "role": "assistant",
                "content": text, "active": n == 1, "candidate": n - 1,
            }
        )
        for n, text in enumerate(answers, start=1)
    )  # fmt: skip
    return Conversation(id=ConversationId(name), source="imported", messages=(first, *others))


def asked_and_answered(
    count: int, text: str = "Answer number {n}, score {score}."
) -> list[Conversation]:
    """`count` conversations whose answers ask for scores from 1 to 5 in turn."""
    return [
        conversation(f"c{n}", f"Question number {n}?", text.format(n=n, score=n % 5 + 1))
        for n in range(count)
    ]


@contextmanager
def judging(
    folder: Path, conversations: Iterable[Conversation], profile: str = HELPFUL
) -> Iterator[tuple[Workspace, FakeServer]]:
    """A workspace with `conversations`, the profile `mine`, and the model `critic`."""
    with fake_server() as server, workspace(folder) as opened:
        server.say = obedient
        use(opened, server, "critic")
        write_profile(opened, profile)
        add_conversations(opened.database, [RecordResult(one) for one in conversations])
        yield opened, server


def use(opened: Workspace, server: FakeServer, *names: str, **more: Any) -> None:
    """Let Settings have models of `names` at the fake server."""
    models = tuple(ModelSettings(name=name, url=server.url, **more) for name in names)
    opened.change_settings(Settings(models=models))


def write_profile(opened: Workspace, text: str, name: str = "mine") -> None:
    """A profile of the workspace's own."""
    folder = opened.home / "profiles"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def judge(opened: Workspace, **wish: Any) -> TaggingView:
    """How a tagging by judges ended."""
    return stage_two.start(opened, Wish(**{"profile": "mine", **wish})).wait(60)


def everything(opened: Workspace) -> list[TaggedConversation]:
    """All conversations, oldest first."""
    return review.find(opened, Selection(order="oldest"), limit=1000).rows


def judge_tags(opened: Workspace) -> list[Tag]:
    """What judges said, in order."""
    return [t for one in everything(opened) for t in one.tags if t.source == "judge"]


def value(tag: Tag) -> float:
    """The number that a tag says."""
    return float(str(tag.value))


def obedient(body: Body) -> str:
    """A judge that gives the score which the judged text asks for, else the middle."""
    return answer(body, score_in(body))


def score_in(body: Body) -> int:
    """The last score that the judged text names."""
    found = SCORE.findall(body["messages"][-1]["content"])
    return int(found[-1]) if found else 3


def number_in(body: Body) -> str:
    """The number that the judged answer says of itself."""
    return str(re.findall(r"number \d+", body["messages"][-1]["content"])[-1])


def answer(body: Body, score: int, *, category: str = "others", why: str = "r") -> str:
    """A readable reply to whatever is asked."""
    schema = body["response_format"]["json_schema"]["schema"]["properties"]
    if "choice" in schema:
        options = schema["choice"]["enum"]
        return json.dumps(
            {"reason": "r", "choice": category if category in options else options[0]}
        )
    if "tags" in schema:
        return json.dumps({"tags": [{"explanation": "why", "tag": "small talk"}]})
    if "verdict" in schema:
        return json.dumps({"reason": "r", "verdict": verdict(body)})
    part = {"evidence": "e", "reason": why, "score": score}
    return json.dumps(dict.fromkeys(schema, part))


def verdict(body: Body) -> str:
    """Which of two answers asks for the higher score."""
    first, second = SCORE.findall(body["messages"][-1]["content"])[-2:]
    return "C" if first == second else "A" if int(first) > int(second) else "B"


def unless(broken: Callable[[Body], bool], said: str = "I cannot say.") -> Callable[[Body], str]:
    """An obedient judge but where `broken` says so: there it says `said`."""
    return lambda body: said if broken(body) else obedient(body)
