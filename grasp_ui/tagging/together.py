"""Several questions at once."""

import asyncio
from collections.abc import Awaitable, Iterable
from typing import TypeVar

Given = TypeVar("Given")


async def together(deeds: Iterable[Awaitable[Given]]) -> list[Given]:
    """What all of `deeds` give; a failure ends no other, and is raised last.

    So what the others are answered is kept, and need not be asked again.
    """
    ended = await asyncio.gather(*deeds, return_exceptions=True)
    given: list[Given] = []
    for one in ended:
        if isinstance(one, BaseException):
            raise one
        given.append(one)
    return given
