import asyncio

import pytest

from grasp_ui.llm.limits import Limits
from grasp_ui.llm.port import BadRequest, CallFailure, NotAuthorized, NotReady, TimedOut
from grasp_ui.llm.wire import Wire
from tests.fake_server import fake_server
from tests.llm.asking import asking

NOT_ADDRESSES = ["", "localhost:8000/v1", "ftp://host/v1", "http://", "http://host:port/v1",
                 "http://me:secret@host/v1"]  # fmt: skip


@pytest.mark.parametrize("address", NOT_ADDRESSES)
async def test_what_is_no_address_is_refused_without_a_secret(address: str) -> None:
    with pytest.raises(BadRequest, match="Write it in Settings") as raised:
        await Wire(address, "", Limits()).ask(asking().body)
    assert "secret" not in str(raised.value)


async def test_an_address_may_name_the_whole_path() -> None:
    with fake_server() as server:
        wire = Wire(f"{server.url}/chat/completions/", "", Limits())
        assert (await wire.ask(asking().body))["choices"]
        await wire.close()


async def test_a_server_that_is_not_there_is_named() -> None:
    with fake_server() as server:
        pass
    wire = Wire(server.url, "", Limits())
    with pytest.raises(NotReady, match=f"Nothing answers at {server.url}"):
        await wire.ask(asking().body)
    await wire.close()


@pytest.mark.parametrize("key", ["sk-\nX-Evil: 1", "schlüssel"])
async def test_a_key_that_no_header_can_carry_is_refused(key: str) -> None:
    with pytest.raises(NotAuthorized, match="copy it anew"):
        await Wire("http://127.0.0.1:9/v1", key, Limits()).ask(asking().body)


async def test_a_client_is_of_one_loop_until_it_is_closed() -> None:
    with fake_server() as server:
        wire = Wire(server.url, "", Limits())
        await wire.ask(asking().body)
        with pytest.raises(RuntimeError, match="another event loop"):
            await asyncio.to_thread(asyncio.run, wire.ask(asking().body))
        await wire.close()
        assert (await wire.ask(asking().body))["choices"]
        await wire.close()


async def test_an_answer_that_is_not_http_is_a_failure() -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"SSH-2.0-OpenSSH\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(babble, "127.0.0.1", 0) as server:
        wire = Wire(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", "", Limits())
        with pytest.raises(CallFailure, match="does not answer in HTTP"):
            await wire.ask(asking().body)
        await wire.close()


@pytest.mark.parametrize("fault", ["hang", "silent stream"])
async def test_a_stream_that_does_not_begin_in_time_is_given_up(fault: str) -> None:
    with fake_server(faults=[fault]) as server:
        wire = Wire(server.url, "", Limits(timeout_seconds=30, first_token_seconds=0.05))
        with pytest.raises(TimedOut, match=r"began no answer within 0\.05 seconds"):
            await wire.ask(asking().body, list[str]().append)
        await wire.close()


async def test_a_stream_that_has_begun_has_the_time_of_the_whole_call() -> None:
    heard = list[str]()
    with fake_server(faults=["stalled stream"]) as server:
        wire = Wire(server.url, "", Limits(timeout_seconds=0.3, first_token_seconds=0.2))
        with pytest.raises(TimedOut, match=r"no complete answer within 0\.3 seconds"):
            await wire.ask(asking().body, heard.append)
        await wire.close()
    assert len(heard) == 1
