"""The cache of replies: the same request, each stored answer once, the oldest first."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.llm.cache import Kept, ReplyCache, request_hash
from grasp_ui.llm.port import Reply

LOG = st.lists(
    st.tuples(st.sampled_from(["m", "n"]), st.sampled_from([b"a", b"b", b"c"])), max_size=40
)


def cache_of(log: list[tuple[str, bytes]], *, taken: tuple[int, ...] = ()) -> ReplyCache:
    """The cache over a log of (model, request); an answer's number is 400 times its place."""
    rows = {
        400 * place: Kept(model, request, Reply(f"answer {place}"))
        for place, (model, request) in enumerate(log)
    }
    index = sorted((request_hash(kept.request), number) for number, kept in rows.items())

    def read(number: int, reach: int) -> Mapping[int, Kept]:
        return {n: kept for n, kept in rows.items() if abs(n - number) <= reach}

    return ReplyCache([h for h, _ in index], [n for _, n in index], read, taken=taken)


@given(LOG, LOG)
def test_each_question_gets_the_oldest_answer_that_is_left(
    log: list[tuple[str, bytes]], asked: list[tuple[str, bytes]]
) -> None:
    cache, left = cache_of(log), list(enumerate(log))
    for model, request in asked:
        fitting = next((one for one in left if one[1] == (model, request)), None)
        if fitting:
            left.remove(fitting)
        place = fitting[0] if fitting else None
        expected = None if place is None else (400 * place, Reply(f"answer {place}"))
        assert cache.take(model, request) == expected


def test_what_was_taken_before_is_not_given_again() -> None:
    assert cache_of([("m", b"a")], taken=(0,)).take("m", b"a") is None


def test_requests_of_equal_hash_are_told_apart() -> None:
    rows = {1: Kept("m", b"other", Reply("wrong"))}
    cache = ReplyCache([request_hash(b"mine")], [1], lambda *_: rows)
    assert cache.take("m", b"mine") is None
