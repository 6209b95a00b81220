import asyncio

import pytest

from grasp_ui.llm.endpoint import Endpoint
from grasp_ui.llm.port import BadRequest, CallFailure, NotAuthorized, Unreachable
from tests.fake_server import fake_server
from tests.llm.asking import asking

NOT_ADDRESSES = ["", "localhost:8000/v1", "ftp://host/v1", "http://", "http://host:port/v1",
                 "http://me:secret@host/v1"]  # fmt: skip


@pytest.mark.parametrize("address", NOT_ADDRESSES)
async def test_what_is_no_address_is_refused_without_a_secret(address: str) -> None:
    with pytest.raises(BadRequest, match="Write it in Settings") as raised:
        await Endpoint(address).ask(asking().body)
    assert "secret" not in str(raised.value)


async def test_an_address_may_name_the_whole_path() -> None:
    with fake_server() as server:
        endpoint = Endpoint(f"{server.url}/chat/completions/")
        assert (await endpoint.ask(asking().body))["choices"]
        await endpoint.close()


async def test_a_server_that_is_not_there_is_named() -> None:
    with fake_server() as server:
        pass
    endpoint = Endpoint(server.url)
    with pytest.raises(Unreachable, match=f"Nothing answers at {server.url}"):
        await endpoint.ask(asking().body)
    await endpoint.close()


@pytest.mark.parametrize("key", ["sk-\nX-Evil: 1", "schlüssel"])
async def test_a_key_that_no_header_can_carry_is_refused(key: str) -> None:
    with pytest.raises(NotAuthorized, match="copy it anew"):
        await Endpoint("http://127.0.0.1:9/v1", key).ask(asking().body)


async def test_an_endpoint_is_of_one_loop_until_it_is_closed() -> None:
    with fake_server() as server:
        endpoint = Endpoint(server.url)
        await endpoint.ask(asking().body)
        with pytest.raises(RuntimeError, match="another event loop"):
            await asyncio.to_thread(asyncio.run, endpoint.ask(asking().body))
        await endpoint.close()
        assert (await endpoint.ask(asking().body))["choices"]
        await endpoint.close()


async def test_an_answer_that_is_not_http_is_a_failure() -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"SSH-2.0-OpenSSH\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(babble, "127.0.0.1", 0) as server:
        endpoint = Endpoint(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1")
        with pytest.raises(CallFailure, match="does not answer in HTTP"):
            await endpoint.ask(asking().body)
        await endpoint.close()
