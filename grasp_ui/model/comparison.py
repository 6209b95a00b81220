"""Which comparisons of answers count, and which of them cannot hold together."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush

from grasp_ui.model.preference import Preference
from grasp_ui.model.value import MessageId, PreferenceId

Edges = Mapping[MessageId, Sequence[MessageId]]
Ring = tuple[MessageId, ...]
"""Answers of which each is better than the next, and the last better than the first."""


def by_prompt(preferences: Iterable[Preference]) -> dict[MessageId | None, list[Preference]]:
    """Preferences by their prompt, in order of first appearance."""
    groups: dict[MessageId | None, list[Preference]] = {}
    for preference in preferences:
        groups.setdefault(preference.prompt_id, []).append(preference)
    return groups


def precedence(preference: Preference) -> int:
    """How much a preference's source counts, as for tags: a person most."""
    if preference.source == "imported":
        return 4 if preference.author.startswith("people") else 1
    return {"rule": 0, "judge": 2, "learned": 3, "person": 5}[preference.source]


def is_human(preference: Preference) -> bool:
    """Whether people said so: their word needs no margin."""
    return precedence(preference) >= 4


def is_tie(preference: Preference) -> bool:
    """Whether it says that neither is better: a machine's, without a margin."""
    return not (preference.margin or is_human(preference))


def counted(preferences: Iterable[Preference]) -> list[Preference]:
    """What counts of the words under one prompt: those of the highest source.

    Of each author the newest word on two answers counts; what was imported has one time, so
    that all of it counts, also where it says both that A is better and that B is.
    """
    told = list(preferences)
    highest = max(map(precedence, told), default=0)
    newest: dict[tuple[object, str], Preference] = {}
    for one in sorted(told, key=lambda one: one.seq):
        if precedence(one) == highest:
            newest[_about(one), one.author] = one
    return list(newest.values())


def contradictions(words: Iterable[Preference]) -> dict[PreferenceId, Preference]:
    """The words that another one contradicts, with that other one."""
    said = {(one.better_id, one.worse_id): one for one in words if not is_tie(one)}
    return {
        one.id: said[one.worse_id, one.better_id]
        for one in words
        if not is_tie(one) and (one.worse_id, one.better_id) in said
    }


def rings(words: Iterable[Preference]) -> dict[PreferenceId, Ring]:
    """The words that are part of a ring of three or more, with the shortest ring.

    Words that contradict each other are left out: their ring is one of two.
    """
    told = [one for one in words if not is_tie(one)]
    against = contradictions(told)
    straight = [one for one in told if one.id not in against]
    part = _parts(_edges(straight))
    inside = [one for one in straight if part[one.better_id] == part[one.worse_id]]
    edges = _edges(inside)
    return {one.id: (one.better_id, *_way(edges, one.worse_id, one.better_id)) for one in inside}


def in_order(words: Iterable[Preference]) -> list[MessageId]:
    """The answers from best to worst: each before all that it is better than.

    Of answers that no word puts in order the one that won more comparisons is first, then the
    lower id. Ties, contradicted words and words in a ring put nothing in order.
    """
    told = list(words)
    held = {*contradictions(told), *rings(told)}
    sound = [one for one in told if not is_tie(one) and one.id not in held]
    return _sorted(told, sound)


def _about(one: Preference) -> object:
    pair = (one.better_id, one.worse_id)
    return pair if one.source == "imported" else frozenset(pair)


def _edges(words: Iterable[Preference]) -> Edges:
    edges: dict[MessageId, list[MessageId]] = defaultdict(list)
    for one in words:
        edges[one.better_id].append(one.worse_id)
        edges.setdefault(one.worse_id, [])
    return edges


def _parts(edges: Edges) -> dict[MessageId, int]:
    """The strongly connected part of each answer (Kosaraju's way: there, then back)."""
    back: dict[MessageId, list[MessageId]] = {one: [] for one in edges}
    for one, others in edges.items():
        for other in others:
            back[other].append(one)
    finished = _last_first(edges)
    part: dict[MessageId, int] = {}
    for number, root in enumerate(finished):
        waiting = [root]
        while waiting:
            one = waiting.pop()
            if one not in part:
                part[one] = number
                waiting += back[one]
    return part


def _last_first(edges: Edges) -> list[MessageId]:
    """The answers in reverse order of when a search in depth is done with them."""
    done: list[MessageId] = []
    seen: set[MessageId] = set()
    for root in edges:
        waiting = [(root, False)]
        while waiting:
            one, is_left = waiting.pop()
            if is_left:
                done.append(one)
            elif one not in seen:
                seen.add(one)
                waiting += [(one, True), *((other, False) for other in edges[one])]
    return done[::-1]


def _way(edges: Edges, start: MessageId, end: MessageId) -> Ring:
    """The shortest way from `start` to the answer before `end`."""
    before: dict[MessageId, MessageId] = {}
    waiting = deque([start])
    while waiting:
        one = waiting.popleft()
        if end in edges[one]:
            return _walked(before, one, start)
        for other in edges[one]:
            if other not in before and other != start:
                before[other] = one
                waiting.append(other)
    return (start,)


def _walked(before: Mapping[MessageId, MessageId], last: MessageId, first: MessageId) -> Ring:
    way = [last]
    while way[-1] != first:
        way.append(before[way[-1]])
    return tuple(reversed(way))


def _sorted(told: Sequence[Preference], sound: Sequence[Preference]) -> list[MessageId]:
    won: Counter[MessageId] = Counter()
    above: Counter[MessageId] = Counter()
    for one in sound:
        won[one.better_id] += 1
        won[one.worse_id] -= 1
        above[one.worse_id] += 1
    edges = _edges(sound)
    answers = {answer for one in told for answer in (one.better_id, one.worse_id)}
    free = [(-won[answer], answer) for answer in answers if not above[answer]]
    heapify(free)
    ordered: list[MessageId] = []
    while free:
        _, best = heappop(free)
        ordered.append(best)
        for other in edges.get(best, ()):
            above[other] -= 1
            if not above[other]:
                heappush(free, (-won[other], other))
    return ordered
