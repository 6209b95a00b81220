"""Several calls at once; a failure ends no other."""

import asyncio
from collections.abc import Awaitable, Iterable
from typing import TypeVar

Answer = TypeVar("Answer")


async def together(calls: Iterable[Awaitable[Answer]]) -> list[Answer]:
    """All answers, in order; the first failure is raised when every call has ended.

    The others are waited for so that what they answer is told of and need not be asked again.
    """
    waiting = list(calls)
    if len(waiting) == 1:
        return [await waiting[0]]
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    answers: list[Answer] = []
    for answer in ended:
        if isinstance(answer, BaseException):
            raise answer
        answers.append(answer)
    return answers
