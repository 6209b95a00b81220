"""The transcript of a record: posts and their parents, seen from one side."""

from collections.abc import Iterable, Sequence

from grasp_ui.engine.kind import Speaker
from grasp_ui.llm.port import Reply
from grasp_ui.model.value import MessageId, Role

WireMessages = list[dict[str, str]]
OPENING = "Begin."


class Post:
    """A message while its record runs; `siblings` has itself too."""

    __slots__ = ("active", "candidate", "content", "depth", "finish_reason", "id", "model", "name",
                 "node", "parent", "reasoning", "role", "siblings")  # fmt: skip

    def __init__(
        self, post_id: MessageId, parent: "Post | None", speaker: Speaker, content: str
    ) -> None:
        self.id = post_id
        self.parent = parent
        self.role: Role = speaker.role
        self.name = speaker.name
        self.content = content
        self.depth: int = parent.depth + 1 if parent else 0
        self.node: str | None = None
        self.model: str | None = None
        self.finish_reason: str | None = None
        self.reasoning: str | None = None
        self.candidate = 0
        self.active = True
        self.siblings: list[Post] = [self]

    def came_from(self, node: str, model: str, reply: Reply) -> None:
        """Keep which node and model wrote it, and how the reply ended."""
        self.node = node
        self.model = model
        self.finish_reason = reply.finish_reason
        self.reasoning = reply.reasoning


def thread(tip: Post | None) -> list[Post]:
    """The posts from the first to `tip`."""
    posts = []
    while tip is not None:
        posts.append(tip)
        tip = tip.parent
    return posts[::-1]


def deepest(tips: Iterable[Post | None]) -> Post | None:
    """Of several ends of one thread the last: one branch only may have added to it."""
    return max(tips, key=lambda tip: (tip.depth, tip.active) if tip else (-1, False), default=None)


def make_active(chosen: Post) -> None:
    """Let `chosen` be the active one of its siblings."""
    for post in chosen.siblings:
        post.active = post is chosen


def side_of(speaker: Speaker, posts: Sequence[Post]) -> tuple[str, WireMessages]:
    """The thread as `speaker` sees it: a system text, and messages.

    What the speaker said is the assistant's, all else the user's; where another speaker has a
    name, it stands before the text. The data's system message speaks to the assistant: other
    roles do not see it.
    """
    system = [post.content for post in posts if post.role == "system"]
    messages = [_seen(speaker, post) for post in posts if post.role != "system"]
    return "\n\n".join(system) if speaker.role == "assistant" else "", messages


def request_messages(system: Iterable[str], messages: WireMessages, prompt: str) -> WireMessages:
    """What is sent: system texts as one message, the thread, the prompt as user.

    Neighbours of one role are joined by an empty line; a thread that would begin with the
    assistant, or be empty, begins with `Begin.`
    """
    said = [*messages, {"role": "user", "content": prompt}] if prompt else messages
    joined: WireMessages = []
    for message in said:
        if joined and joined[-1]["role"] == message["role"]:
            text = f"{joined[-1]['content']}\n\n{message['content']}"
            joined[-1] = {"role": message["role"], "content": text}
        else:
            joined.append(message)
    if not joined or joined[0]["role"] == "assistant":
        joined.insert(0, {"role": "user", "content": OPENING})
    instruction = "\n\n".join(text for text in system if text)
    return [{"role": "system", "content": instruction}, *joined] if instruction else joined


def _seen(speaker: Speaker, post: Post) -> dict[str, str]:
    if post.role == speaker.role and post.name == speaker.name:
        return {"role": "assistant", "content": post.content}
    text = f"{post.name}: {post.content}" if post.name else post.content
    return {"role": "user", "content": text}
