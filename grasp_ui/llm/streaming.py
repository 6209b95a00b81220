"""Server-sent events: from bytes in any pieces to one chat completion."""

import re
from collections.abc import Iterator
from typing import Any

from grasp_ui.llm.port import MalformedReply
from grasp_ui.llm.validation import completion_of

LINE_END = re.compile(rb"\r\n|\n|\r")
DONE = b"[DONE]"


class EventParser:
    r"""Takes a stream's bytes in any pieces and gives the data of each whole event.

    Feeding two line ends at the stream's end completes an event that was left open.

    Example:
        >>> parser = EventParser()
        >>> [*parser.feed(b"data: on"), *parser.feed(b"e\n\ndata: two\n\n")]
        [b'one', b'two']
    """

    __slots__ = ("_data", "_rest")

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []

    def feed(self, piece: bytes) -> list[bytes]:
        """The data of the events that `piece` completes, in order."""
        text = self._rest + piece
        held = b""
        if text.endswith(b"\r"):
            text, held = text[:-1], b"\r"
        *lines, rest = LINE_END.split(text)
        self._rest = rest + held
        return [event for line in lines if (event := self._line(line)) is not None]

    def _line(self, line: bytes) -> bytes | None:
        if not line:
            found, self._data = self._data, []
            return b"\n".join(found) if found else None
        if line.startswith(b"data:"):
            value = line[5:]
            self._data.append(value[1:] if value.startswith(b" ") else value)
        return None


class Assembly:
    """Puts the chunks of a streamed completion together into the whole one.

    `take` gives the pieces of text as they come; `completion` is then what the endpoint would
    have answered without streaming.
    """

    def __init__(self) -> None:
        self._parser = EventParser()
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._finish: str | None = None
        self._probabilities: Any = None
        self._usage: Any = None
        self._error: Any = None
        self._is_done = False

    @property
    def has_begun(self) -> bool:
        """Whether the model has said or thought anything yet."""
        return bool(self._text or self._reasoning)

    def take(self, piece: bytes) -> Iterator[str]:
        """The pieces of the reply's text that `piece` completes.

        Raises:
            MalformedReply: an event is not a chunk of a completion.
        """
        for event in self._parser.feed(piece):
            if event == DONE:
                self._is_done = True
            elif text := self._chunk(completion_of(event)):
                self._text.append(text)
                yield text

    def _chunk(self, chunk: dict[str, Any]) -> str:
        self._error = self._error or chunk.get("error")
        self._usage = chunk.get("usage") or self._usage
        choices = chunk.get("choices")
        if not choices:
            return ""
        try:
            choice = choices[0]
            delta = choice.get("delta") or {}
            self._finish = choice.get("finish_reason") or self._finish
            self._probabilities = self._probabilities or choice.get("logprobs")
            if thought := delta.get("reasoning_content") or delta.get("reasoning"):
                self._reasoning.append(thought)
            return str(delta.get("content") or "")
        except (TypeError, AttributeError, KeyError) as error:
            raise MalformedReply("A piece of the streamed answer is not a chunk.") from error

    def completion(self) -> dict[str, Any]:
        """The whole completion, or the error that the endpoint reported instead.

        Raises:
            MalformedReply: the stream ended before the answer did.
        """
        if self._error:
            return {"error": self._error}
        if not self._is_done and self._finish is None:
            raise MalformedReply("The streamed answer broke off before its end.")
        message = {"content": "".join(self._text), "reasoning": "".join(self._reasoning)}
        return {
            "choices": [
                {
                    "message": message,
                    "finish_reason": self._finish,
                    "logprobs": self._probabilities,
                }
            ],
            "usage": self._usage,
        }
