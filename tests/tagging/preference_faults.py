"""Planted faults and clean near misses for each preference rule."""

import random
from itertools import pairwise

from grasp_ui.model.selection import TaggedConversation
from tests.interchange.samples import judge_tag, prefers, rule_tag
from tests.tagging.compared import many, two
from tests.tagging.dataset_faults import reformed, with_words_changed, written

Cases = list[TaggedConversation]
ANSWERS = [answer for _, answer in written()]
SIZES = [3 + number % 4 for number in range(24)]


def chosen_equals_rejected(chance: random.Random) -> tuple[Cases, Cases]:
    faulty = [two(answer, reformed(answer, chance)) for answer in ANSWERS]
    return faulty, [two(answer, with_words_changed(answer, 1, chance)) for answer in ANSWERS]


def contradiction(chance: random.Random) -> tuple[Cases, Cases]:
    """Against it: the same word of another; the other way by the same author, or by a tie."""
    faulty, clean = Cases(), Cases()
    for number in range(24):
        one, other = chance.sample(["m1", "m2", "m3", "m4"], 2)
        rest = prefers("m5", "m6")
        faulty.append(many([prefers(one, other), rest, prefers(other, one, author="second")]))
        agrees = prefers(one, other, author="second")
        newer = prefers(other, one).model_copy(update={"seq": 9})
        ties = prefers(other, one, 0.0, author="second")
        clean.append(many([prefers(one, other), rest, (agrees, newer, ties)[number % 3]]))
    return faulty, clean


def cycle(chance: random.Random) -> tuple[Cases, Cases]:
    """A way through the answers that closes, or that leads from first to last."""
    faulty, clean = Cases(), Cases()
    for size in SIZES:
        names = chance.sample([f"m{n}" for n in range(1, 7)], size)
        way = [prefers(one, other) for one, other in pairwise(names)]
        faulty.append(many([*way, prefers(names[-1], names[0])]))
        clean.append(many([*way, prefers(names[0], names[-1])]))
    return faulty, clean


def only_length_differs(chance: random.Random) -> tuple[Cases, Cases]:
    """One answer goes on; or it says something else as long, or hardly goes on."""
    faulty, clean = Cases(), Cases()
    for number, (answer, other) in enumerate(zip(ANSWERS, ANSWERS[1:] + ANSWERS[:1], strict=True)):
        longer = f"{answer} {other}"
        faulty.append(two(answer, longer) if chance.random() < 0.5 else two(longer, answer))
        clean.append(two(answer, (f"{other} {other}", f"{answer} Really.")[number % 2]))
    return faulty, clean


def rejected_refuses(chance: random.Random) -> tuple[Cases, Cases]:
    """Refusals are told by their tags: on the worse answer alone, or elsewhere too."""
    refusal = "I am sorry, but I cannot help with that."
    worse, better = rule_tag("m2", "refusal", "warn"), rule_tag("m1", "refusal", "warn")
    withdrawn = rule_tag("m2", "refusal", "pass")
    faulty = [two(answer, refusal, worse) for answer in ANSWERS]
    others = [(better, worse), (better,), (withdrawn,), (rule_tag("m2", "truncated", "warn"),)]
    clean = [two(answer, refusal, *others[n % 4]) for n, answer in enumerate(ANSWERS)]
    return faulty, clean


def small_margin(chance: random.Random) -> tuple[Cases, Cases]:
    """Probabilities under and over a tenth apart, points under and over one."""
    faulty, clean = Cases(), Cases()
    for number, (answer, other) in enumerate(pairwise([*ANSWERS, ANSWERS[0]])):
        for cases, gap in (
            (faulty, chance.uniform(0.01, 0.09)),
            (clean, chance.uniform(0.11, 0.35)),
        ):
            low = chance.uniform(0.0, 0.1)
            points = number % 2
            scores = [low + gap * (2.4 if points else 1), low]
            tags = [
                judge_tag(f"m{n}", 1 + 4 * s if points else s, s) for n, s in enumerate(scores, 1)
            ]
            cases.append(two(answer, other, *tags, margin=gap))
    return faulty, clean


def both_bad(chance: random.Random) -> tuple[Cases, Cases]:
    """Low scores or warnings on both answers, or on one only."""
    faulty, clean = Cases(), Cases()
    for answer, other in pairwise([*ANSWERS, ANSWERS[0]]):
        ways = [
            lambda name: judge_tag(name, 2, chance.uniform(0, 0.39)),
            lambda name: rule_tag(name, "truncated", "warn"),
            lambda name: rule_tag(name, "repetition", "reject"),
        ]
        bad = [chance.choice(ways)(name) for name in ("m1", "m2")]
        fine = judge_tag("m1", 4, chance.uniform(0.41, 1))
        faulty.append(two(answer, other, *bad))
        clean.append(two(answer, other, fine, bad[1]))
    return faulty, clean


FAULTS = {
    fault.__name__: fault
    for fault in (
        chosen_equals_rejected, contradiction, cycle, only_length_differs, rejected_refuses,
        small_margin, both_bad,
    )
}  # fmt: skip
