"""Texts that went through the wrong hands: broken characters."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import ClassVar

from grasp_ui.model.conversation import Thread
from grasp_ui.model.value import Action
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import (
    Finding,
    HeuristicConfig,
    Measured,
    finding,
    heuristic,
)
from grasp_ui.tagging.wording import beyond_ascii, lowered, without_inline_code

GROUP = "Encoding"
# A first byte of UTF-8 read as one character, and a second; ftfy decides. Windows-1252, Latin-1,
# Windows-1251 and Mac Roman.
SUSPECT = re.compile(
    "[ÂÃâÐÑÎÏãäåæçèéïðØÙ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[\u0080-\u009f]"
    "|[РСв][\u0080-\u00bf‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџЎўЈҐЁЄЇ]|‚Ä|√[©®±º°¢§∫¶ü†§]|¬[†∞©®]"
)
# No text has these; in Windows-1252 they are quotation marks and dashes.
LATIN_CONTROL = re.compile("[\u0080-\u009f]")
TOPIC = ("mojibake", "encoding", "utf-8", "utf8", "charset", "character set", "garbled", "latin-1")
# All of ASCII that is drawn as nothing, but tab and the ends of lines.
CONTROL_BYTES = bytes([*range(9), 11, 12, *range(14, 32), 127])
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
REPLACEMENT = "\ufffd"


class MojibakeConfig(HeuristicConfig):
    """It has no thresholds."""


class ControlConfig(HeuristicConfig):
    """It has no thresholds."""

    default_action: ClassVar[Action] = "reject"


class ReplacementConfig(HeuristicConfig):
    """It has no thresholds."""


def _look(title: str, help_text: str) -> Look:
    return Look(title, help_text, group=GROUP, icon="abc")


@heuristic(
    "mojibake",
    config=MojibakeConfig,
    look=_look("Mojibake", "Letters were read in the wrong encoding: 'cafÃ©' for 'café'."),
)
def mojibake(config: MojibakeConfig, thread: Thread) -> Iterator[Finding]:
    """Each message that ftfy's `fix_encoding` would mend, at the first such place.

    ftfy 6 (Speer 2019) decodes anew only what is unlikely as it stands. It is asked where a
    first and a second byte of UTF-8 stand as two characters; code does not count, nor does a
    thread whose talk is of encodings.
    """
    for message in thread.messages:
        text = message.content
        if text.isascii() or not _is_suspect(text) or _is_topic(thread):
            continue
        place = _mended_at(without_inline_code(text))
        if place is not None:
            broken = Measured("broken characters", 1, 0, (place, place + 2))
            yield finding(message, broken)


def _is_suspect(text: str) -> bool:
    # Both bytes of a pair are beyond ASCII, as few characters of most texts are.
    return SUSPECT.search(beyond_ascii(text)) is not None and SUSPECT.search(text) is not None


def _is_topic(thread: Thread) -> bool:
    return any(word in lowered(m.content) for m in thread.messages for word in TOPIC)


@lru_cache(maxsize=64)
def _mended_at(text: str) -> int | None:
    """Where `text` is broken first; None where it is not."""
    lost = LATIN_CONTROL.search(text)
    if lost:
        return lost.start()
    # ftfy takes 60 ms to load, and few texts need it.
    from ftfy import fix_encoding

    mended = fix_encoding(text)
    pairs = enumerate(zip(text, mended, strict=False))
    return next((place for place, (old, new) in pairs if old != new), None)


@heuristic(
    "control_characters",
    config=ControlConfig,
    look=_look("Control characters", "Characters that no text has, or halves of characters."),
)
def control_characters(config: ControlConfig, thread: Thread) -> Iterator[Finding]:
    r"""Each message with control characters of ASCII, or with lone surrogates.

    Tab and the ends of lines (`\t`, `\n`, `\r`) are none. A surrogate is half of a character: no
    file of UTF-8 can hold one.
    """
    for message in thread.messages:
        if _is_printed(message.content):
            continue
        found = list(CONTROL.finditer(message.content))
        yield finding(message, Measured("control characters", len(found), 0, found[0].span()))


def _is_printed(text: str) -> bool:
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return False
    return len(raw.translate(None, CONTROL_BYTES)) == len(raw)


@heuristic(
    "replacement_character",
    config=ReplacementConfig,
    look=_look("Lost characters", "Signs that stand in for characters that could not be read."),
)
def replacement_character(config: ReplacementConfig, thread: Thread) -> Iterator[Finding]:
    """Each message with U+FFFD, which a decoder writes where it lost something."""
    for message in thread.messages:
        place = message.content.find(REPLACEMENT)
        if place >= 0:
            number = message.content.count(REPLACEMENT)
            yield finding(message, Measured("lost characters", number, 0, (place, place + 1)))
