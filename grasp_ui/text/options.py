"""Which of a few options a text means, whatever its case, spaces and punctuation."""

import re
from collections.abc import Callable, Iterable, Mapping

from grasp_ui.text.normal_form import compared

Chooser = Callable[[str], str | None]


def option_chooser(options: Mapping[str, Iterable[str]], *, anywhere: bool = False) -> Chooser:
    """A function that gives the option that a text is, or None.

    Each option comes with other words for it. With `anywhere` it is enough that one option alone
    is named in the text, in whole words.

    Example:
        >>> choose = option_chooser({"yes": ["sure", "of course"], "no": []}, anywhere=True)
        >>> choose("**Yes.**"), choose("Of course"), choose("The answer is: no!"), choose("yes/no")
        ('yes', 'yes', 'no', None)
    """
    spelt = dict(_spellings(options))
    words = {option: _any_of(key for key, o in spelt.items() if o == option) for option in options}

    def choose(text: str) -> str | None:
        said = compared(text)
        if said in spelt or not anywhere:
            return spelt.get(said)
        named = [option for option, pattern in words.items() if pattern.search(said)]
        return named[0] if len(named) == 1 else None

    return choose


def twice_named(options: Mapping[str, Iterable[str]]) -> str | None:
    """A spelling that two of the options share, or that has nothing to compare.

    Example:
        >>> twice_named({"yes": ["Y"], "no": ["y."]}), twice_named({"yes": []})
        ('y.', None)
    """
    seen: dict[str, str] = {}
    for option, others in options.items():
        for word in (option, *others):
            key = compared(word)
            if not key or seen.setdefault(key, option) != option:
                return word
    return None


def _spellings(options: Mapping[str, Iterable[str]]) -> Iterable[tuple[str, str]]:
    for option, others in options.items():
        yield from ((compared(word), option) for word in (option, *others))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")
