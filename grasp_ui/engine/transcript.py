"""The transcript of a record: a tree of posts, seen from one side."""

from collections.abc import Iterable, Sequence
from copy import copy

from grasp_ui.engine.kind import Speaker
from grasp_ui.llm.port import Reply
from grasp_ui.model.value import Role

WireMessages = list[dict[str, str]]
OPENING = "Begin."


class Post:
    """A message while its record runs.

    Attributes:
        origin: the path of the node that wrote it; where there is none, what stands for it.
        visits: the rounds of the loops around the node when it was written.
        order: its place among all that was said in the record; siblings that were said together
            share it.
        siblings: what was said together, itself too.
        children: what was said directly after it.
    """

    __slots__ = ("active", "candidate", "children", "content", "finish_reason", "model", "name",
                 "node", "order", "origin", "parent", "reasoning", "role", "siblings", "visit",
                 "visits")  # fmt: skip

    def __init__(
        self, speaker: Speaker, content: str, origin: str, visits: tuple[int, ...]
    ) -> None:
        self.role: Role = speaker.role
        self.name = speaker.name
        self.content = content
        self.origin = origin
        self.visits = visits
        self.parent: Post | None = None
        self.order = 0
        self.node: str | None = None
        self.visit = 0
        self.model: str | None = None
        self.finish_reason: str | None = None
        self.reasoning: str | None = None
        self.candidate = 0
        self.active = True
        self.siblings: list[Post] = [self]
        self.children: list[Post] = []

    def came_from(self, node: str, model: str, reply: Reply) -> None:
        """Keep which node and model wrote it, and how the reply ended."""
        self.node = node
        self.model = model
        self.finish_reason = reply.finish_reason
        self.reasoning = reply.reasoning


class Transcript:
    """All that was said in a record: a tree, in which one of each siblings is active."""

    __slots__ = ("by_node", "posts", "roots")

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self.roots: list[Post] = []
        self.by_node: dict[str, Post] = {}

    def add(self, said: Sequence[Post], parent: Post | None) -> Post:
        """Put `said` under `parent`; its first is active, and nothing beside it is."""
        beside = self.roots if parent is None else parent.children
        for post in beside:
            post.active = False
        order = len(self.posts)
        for candidate, post in enumerate(said):
            post.parent = parent
            post.order = order
            post.candidate = candidate
            post.active = candidate == 0
        beside += said
        self.posts += said
        return said[0]

    def copy(self) -> tuple["Transcript", dict[Post, Post]]:
        """The same, to go on apart, and which post became which."""
        twin, became = Transcript(), {post: copy(post) for post in self.posts}
        for post in became.values():
            post.parent = became[post.parent] if post.parent else None
            post.siblings = [became[one] for one in post.siblings]
            post.children = [became[one] for one in post.children]
        twin.posts = list(became.values())
        twin.roots = [became[post] for post in self.roots]
        twin.by_node = {name: became[post] for name, post in self.by_node.items()}
        return twin, became


def thread(tip: Post | None) -> list[Post]:
    """The posts from the first to `tip`."""
    posts = []
    while tip is not None:
        posts.append(tip)
        tip = tip.parent
    return posts[::-1]


def latest(tips: Sequence[Post | None]) -> Post | None:
    """Of several ends of one transcript the one said last.

    One branch only may have added to it. Of siblings that were said together it is the active one.
    """
    if len(tips) == 1:
        return tips[0]
    return max(tips, key=lambda tip: (tip.order, tip.active) if tip else (-1, False), default=None)


def make_active(chosen: Post) -> None:
    """Let `chosen` be the active one of those that were said together."""
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
