from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.llm.port import MalformedReply
from grasp_ui.llm.streaming import Assembly, EventParser

LINES = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=8)
EVENTS = st.lists(st.lists(LINES, min_size=1, max_size=3), max_size=5)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
NOISE = st.sampled_from(["", ": ping", "event: chunk", "id: 7", "retry: 10"])


@st.composite
def streams(draw: st.DrawFn) -> tuple[list[bytes], bytes]:
    """Some events' data, and a stream that carries them with noise and any line ends."""
    events, end = draw(EVENTS), draw(ENDS)
    written = []
    for lines in events:
        noise = draw(NOISE)
        written += [noise] if noise else []
        written += [*(f"data: {line}" for line in lines), ""]
    carried = ["\n".join(lines).encode() for lines in events]
    return carried, "".join(line + end for line in written).encode()


@given(streams(), st.lists(st.integers(0, 200)))
def test_events_are_the_same_in_whatever_pieces_they_come(
    stream: tuple[list[bytes], bytes], cuts: list[int]
) -> None:
    carried, written = stream
    parser = EventParser()
    edges = sorted({0, len(written), *(cut for cut in cuts if cut < len(written))})
    pieces = [written[start:stop] for start, stop in pairwise(edges)]
    assert [event for piece in [*pieces, b"\n\n"] for event in parser.feed(piece)] == carried


def test_a_byte_at_a_time_is_enough() -> None:
    parser = EventParser()
    stream = b'data: {"a":1}\r\n\r\ndata: [DONE]\r\n\r\n'
    events = [event for at in range(len(stream)) for event in parser.feed(stream[at : at + 1])]
    assert events == [b'{"a":1}', b"[DONE]"]


def assembled(*chunks: bytes) -> Assembly:
    assembly = Assembly()
    for chunk in chunks:
        list(assembly.take(b"data: " + chunk + b"\n\n"))
    return assembly


def test_a_stream_without_an_end_is_malformed() -> None:
    with pytest.raises(MalformedReply, match="broke off"):
        assembled(b'{"choices": [{"delta": {"content": "Hel"}}]}').completion()


def test_a_finish_reason_ends_a_stream_as_well_as_the_mark() -> None:
    said = b'{"choices": [{"delta": {"content": "Hi"}, "finish_reason": "stop"}]}'
    choice = assembled(said).completion()["choices"][0]
    assert choice["message"]["content"] == "Hi"


@pytest.mark.parametrize("chunk", [b"nonsense", b"[1]", b'{"choices": [7]}', b'{"choices": {}, "a'])
def test_what_is_no_chunk_is_malformed(chunk: bytes) -> None:
    with pytest.raises(MalformedReply):
        assembled(chunk)


def test_an_error_in_the_stream_is_handed_on() -> None:
    assert assembled(b'{"error": {"message": "full"}}').completion() == {
        "error": {"message": "full"}
    }
