"""Conversation: messages from a list, with a map from speakers to roles."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import NodeConfig, Speaker, Step, node_kind
from grasp_ui.engine.progress import RecordFailed
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import Meaning, ReadVariable
from grasp_ui.model.value import Role
from grasp_ui.registry import Look
from grasp_ui.text.templates import look_up, path_of

Line = tuple[Speaker, str]
OTHER: dict[Role, Role] = {"user": "assistant", "assistant": "user"}
USUAL: dict[str, Literal["system", "user", "assistant"]] = {
    "system": "system", "user": "user", "assistant": "assistant",
    "human": "user", "gpt": "assistant", "bot": "assistant",
}  # fmt: skip


class ConversationConfig(NodeConfig):
    """Append a list of messages to the transcript: rows with a role, or texts in turn."""

    reads: Annotated[
        ReadVariable,
        Field(title="From", description="A list of rows with role and text, or of texts alone."),
    ] = "dialogue"
    roles: Annotated[
        dict[str, Literal["system", "user", "assistant"]],
        Meaning("roles"),
        Field(
            title="Roles",
            description="Who is user and who assistant, by the names in the rows, whatever their "
            "case. Known without saying: human, gpt, bot and the roles themselves.",
        ),
    ] = Field(default_factory=dict)
    role_key: Annotated[str, Field(title="Key of the role", min_length=1)] = "role"
    content_key: Annotated[str, Field(title="Key of the text", min_length=1)] = "content"
    first: Annotated[
        Literal["user", "assistant"],
        Field(title="Who begins", description="Where the list has texts alone."),
    ] = "user"
    keep_names: Annotated[
        bool,
        Field(title="Keep names", description="Messages keep the speaker's name of their row."),
    ] = False

    def adds_messages(self) -> bool:
        """Whether it appends to the transcript: each row a message."""
        return True


@node_kind(
    "conversation",
    config=ConversationConfig,
    look=Look(
        "Conversation", "Messages from a list.", "Dialogue", "chat_bubble", "#2563eb", order=1
    ),
)
def conversation(config: ConversationConfig, bench: Bench) -> Step:
    """Make the step that appends the messages."""
    path = path_of(config.reads)

    async def build(visit: Visit) -> None:
        lines = list(lines_of(look_up(visit.variables, path), config))
        before = (visit.tip.role, visit.tip.name) if visit.tip else None
        for speaker, _ in lines:
            if speaker == before:
                raise RecordFailed(
                    "same_role_twice",
                    f"'{config.reads}' has two messages of the {speaker.role} in a row. Let the "
                    "speakers take turns, or keep their names apart with `keep_names`.",
                )
            before = speaker
        visit.add(lines)

    return build


def lines_of(value: Any, config: ConversationConfig) -> Iterator[Line]:
    """The messages of a list variable: who says what, in order.

    Raises:
        RecordFailed: it is no list (`not_a_list`), a row lacks role or text (`wrong_row`), or
            its speaker has no role (`unknown_role`).

    Example:
        >>> rows = [{"role": "Customer", "content": "Hi."}, {"role": "agent", "content": "Hello!"}]
        >>> roles = {"customer": "user", "agent": "assistant"}
        >>> [(who.role, text) for who, text in lines_of(rows, ConversationConfig(roles=roles))]
        [('user', 'Hi.'), ('assistant', 'Hello!')]
        >>> [who.role for who, _ in lines_of(["a", "b"], ConversationConfig(first="assistant"))]
        ['assistant', 'user']
    """
    if not isinstance(value, list) or not value:
        raise RecordFailed(
            "not_a_list",
            f"'{config.reads}' is {type(value).__name__ if value else 'empty'}, not a list of "
            "messages. Parse or split it first.",
        )
    known = {**USUAL, **{name.casefold(): role for name, role in config.roles.items()}}
    turn: Role = config.first
    for position, row in enumerate(value):
        if isinstance(row, str) and row.strip():
            yield Speaker(turn, ""), row.strip()
            turn = OTHER[turn]
        else:
            yield _line(row, position, known, config)


def _line(row: Any, position: int, known: Mapping[str, Role], config: ConversationConfig) -> Line:
    name = row.get(config.role_key) if isinstance(row, Mapping) else None
    text = row.get(config.content_key) if isinstance(row, Mapping) else None
    if not (isinstance(name, str) and isinstance(text, str) and text.strip()):
        raise RecordFailed(
            "wrong_row",
            f"Row {position} of '{config.reads}' has no text under '{config.role_key}' and "
            f"'{config.content_key}'.",
        )
    role = known.get(name.strip().casefold())
    if role is None:
        raise RecordFailed(
            "unknown_role",
            f"Row {position} of '{config.reads}' is said by '{name}'. Add it to `roles:`.",
        )
    return Speaker(
        role, name.strip() if config.keep_names and role != "system" else ""
    ), text.strip()
