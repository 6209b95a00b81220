"""The index of texts: the same by a hash, near ones by MinHash, then exactly."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from grasp_ui.text.corpus import Near
from grasp_ui.text.postings import Keys, Places, Postings
from grasp_ui.text.shingles import RUN, character_runs, jaccard, normal_text, text_key

Signatures = npt.NDArray[np.uint16]
VALUES = 128
"""Values of a signature; 16 bits of each are kept, 256 bytes a text."""
BANDS, ROWS = 25, 5
"""Texts with J = .7 share a band with a probability of 99 %, those with J = .8 nearly always."""
SEED = 42
RECIPE = "minhash 128x16 of 5-grams, seed 42, rensa 1"
"""Names how a signature is made: those made otherwise cannot be compared."""
SLACK = 0.2
"""An estimate under `least` by more is not looked at: five standard deviations."""
VERIFIED = 32
"""So many candidates are counted exactly, the most alike first."""
AT_ONCE = 256
REMEMBERED = 4096
_ODD = np.uint64(0x9E3779B97F4A7C15)
_POWERS = np.array([pow(0x9E3779B97F4A7C15, n, 2**64) for n in range(RUN)], np.uint64)


def signatures(texts: Iterable[str]) -> Signatures:
    """The MinHash signature of each text, a row of `VALUES` numbers."""
    waiting = iter(texts)
    parts = []
    while some := list(islice(waiting, AT_ONCE)):
        parts.append(_signed([_run_hashes(text) for text in some]))
    return np.concatenate(parts) if parts else np.empty((0, VALUES), np.uint16)


def estimates(signature: Signatures, others: Signatures) -> npt.NDArray[np.float64]:
    """How alike texts are by the share of values that their signatures share."""
    shared: npt.NDArray[np.float64] = np.mean(others == signature, axis=1)
    return shared


@dataclass(frozen=True, slots=True)
class Known:
    """Texts that were signed before: names, keys, signatures, in one order."""

    names: Sequence[str] = ()
    keys: Sequence[int] = ()
    signatures: Signatures | None = None


class TextIndex:
    """A `Corpus` in memory; a text `known` from the start costs about 900 bytes.

    `text_of` gives the text of a known name where it has to be compared; texts that are added
    are held. Asked for what is `before` a place, it does not see the texts from there on.
    """

    def __init__(
        self, known: Known | None = None, *, text_of: Callable[[str], str] | None = None
    ) -> None:
        known = known or Known()
        first = known.signatures
        self._signed = np.empty((0, VALUES), np.uint16) if first is None else first
        self._grown: list[Signatures] = []
        self._names = list(known.names)
        self._places = {name: place for place, name in enumerate(self._names)}
        self._keys = known.keys
        self._same = Postings(np.array(known.keys, np.uint64).reshape(-1, 1))
        self._bands = Postings(_band_keys(self._signed), coarse=True)
        self._texts: dict[str, str] = {}
        # Asked once to read what is likely, and once more to compare it.
        self._asked: dict[tuple[int, float], list[int]] = {}
        self._text_of = text_of

    def __len__(self) -> int:
        return len(self._names)

    def place(self, name: str) -> int:
        """The place of the text `name`, from 0."""
        return self._places[name]

    def add(self, name: str, text: str) -> None:
        """One more text, behind all others."""
        [signature] = signatures([text])
        self._same.add(np.array([text_key(text)], np.uint64))
        self._bands.add(_band_keys(signature.reshape(1, -1))[0])
        self._grown.append(signature)
        self._places[name] = len(self._names)
        self._names.append(name)
        self._texts[name] = text

    def same(self, text: str, *, before: int | None = None) -> str | None:
        """The first text that is the same but for form, white space and case."""
        return self._first(text_key(text), self._limit(before))

    def same_known(self, place: int) -> str | None:
        """`same` for the known text at `place`, among those before it."""
        return self._first(self._keys[place], place)

    def _first(self, key: int, before: int) -> str | None:
        found = self._same.places(np.array([key], np.uint64), before=before)
        return self._names[found[0]] if len(found) else None

    def near(self, text: str, *, least: float, before: int | None = None) -> Near | None:
        """A text that is alike from `least` on; the one that is most so by estimate."""
        if not normal_text(text):
            return None
        [signature] = signatures([text])
        return self._compared(text, self._likely(signature, least, self._limit(before)), least)

    def near_known(self, place: int, text: str, *, least: float) -> Near | None:
        """`near` for the known text at `place`, among those before it."""
        return self._compared(text, self.likely(place, least), least)

    def likely(self, place: int, least: float) -> list[int]:
        """The places that are worth comparing with a known one, the likeliest first."""
        if (place, least) not in self._asked:
            if len(self._asked) >= REMEMBERED:
                self._asked.clear()
            self._asked[place, least] = self._likely(self._signed[place], least, place)
        return self._asked[place, least]

    def _compared(self, text: str, likely: list[int], least: float) -> Near | None:
        runs = character_runs(text) if likely else frozenset()
        compared = ((name, self._read(name)) for name in (self._names[place] for place in likely))
        near = (Near(name, jaccard(runs, character_runs(other))) for name, other in compared)
        return next((one for one in near if one.likeness >= least), None)

    def _limit(self, before: int | None) -> int:
        return len(self._names) if before is None else before

    def _likely(self, signature: Signatures, least: float, before: int) -> list[int]:
        """The places worth comparing, the most alike first, then the earliest."""
        keys = _band_keys(signature.reshape(1, -1))[0]
        places = self._bands.places(keys, before=before)
        if not len(places):
            return []
        guessed = estimates(signature, self._rows(places))
        order = np.argsort(-guessed, kind="stable")[:VERIFIED]
        kept: list[int] = places[order[guessed[order] >= least - SLACK]].tolist()
        return kept

    def _rows(self, places: Places) -> Signatures:
        first = len(self._signed)
        if not self._grown:
            return self._signed[places]
        return np.stack([self._signed[p] if p < first else self._grown[p - first] for p in places])

    def _read(self, name: str) -> str:
        if name in self._texts or self._text_of is None:
            return self._texts[name]
        return self._text_of(name)


def _run_hashes(text: str) -> Keys:
    """A number for each run of characters of the normal form; the same run, the same number."""
    letters = np.frombuffer(normal_text(text).encode("utf-32-le", "surrogatepass"), np.uint32)
    if len(letters) <= RUN:
        return np.array([text_key(text)], np.uint64)
    wide = letters.astype(np.uint64) + np.uint64(1)
    runs = len(wide) - RUN + 1
    mixed = np.zeros(runs, np.uint64)
    for place in range(RUN):
        mixed += wide[place : place + runs] * _POWERS[place]
    mixed ^= mixed >> np.uint64(29)
    return mixed * _ODD


def _signed(hashes: Sequence[Keys]) -> Signatures:
    # Takes a tenth of a second: only what compares texts waits for it.
    from rensa import RMinHash

    ends = np.cumsum([0, *map(len, hashes)], dtype=np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        np.concatenate(hashes), ends, VALUES, SEED
    )
    return np.array(matrix.to_rows(), np.uint32).astype(np.uint16)


def _band_keys(signed: Signatures) -> Keys:
    """`BANDS` keys for each row: a hash of `ROWS` values and of the band's number."""
    banded = signed[:, : BANDS * ROWS].reshape(len(signed), BANDS, ROWS).astype(np.uint64)
    keys = np.tile(np.arange(1, BANDS + 1, dtype=np.uint64), (len(signed), 1))
    for row in range(ROWS):
        keys ^= banded[:, :, row]
        keys *= _ODD
        keys ^= keys >> np.uint64(31)
    return keys
