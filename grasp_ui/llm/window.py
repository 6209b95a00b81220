"""How many calls an endpoint can take at once, learned from what it refuses."""

WAVE = 0.3
SHARE_PER_ANSWER = 0.02
NO_SHARE = 0.001
DOWN = 0.5


class Window:
    """The number of calls that may be in flight now: from 1 to the ceiling.

    It halves when refusals (429, 503) are a good share of the recent answers, a wave; a lone
    refusal is the business of its own call. Each reply then widens it again, by one call for
    as many replies as there are calls in it.

    Calls are told apart by their ticket, a number that grows: refusals of calls that were let
    in before the window last halved say nothing new.
    """

    __slots__ = ("_refused", "_since", "_size", "allowed", "ceiling")

    def __init__(self, ceiling: int) -> None:
        self.ceiling = ceiling
        self.allowed = ceiling
        self._size = float(ceiling)
        self._refused = 0.0
        self._since = 0

    @property
    def is_calm(self) -> bool:
        """Whether a reply would change nothing: full width, and no refusal of late."""
        return not self._refused and self.allowed == self.ceiling

    def resize(self, ceiling: int) -> None:
        """Set another ceiling; a window that was as wide as the old one goes along."""
        is_full = self.allowed == self.ceiling
        self.ceiling = ceiling
        self._size = float(ceiling) if is_full else min(self._size, float(ceiling))
        self.allowed = int(self._size)

    def widen(self) -> None:
        """A reply came."""
        self._refused -= self._refused * SHARE_PER_ANSWER
        if self._refused < NO_SHARE:
            self._refused = 0.0
        self._size = min(float(self.ceiling), self._size + 1 / self._size)
        self.allowed = int(self._size)

    def narrow(self, ticket: int, newest: int) -> bool:
        """A call was refused, `newest` was let in last; whether it is a wave."""
        if ticket <= self._since:
            return False
        self._refused += (1 - self._refused) * SHARE_PER_ANSWER
        if self._refused <= WAVE:
            return False
        self._size = max(1.0, self._size * DOWN)
        self.allowed = int(self._size)
        self._refused = 0.0
        self._since = newest
        return True
