"""Times as a person says them."""

from datetime import UTC, datetime


def seconds_in_words(seconds: float) -> str:
    """A duration as a person says it.

    Example:
        >>> [seconds_in_words(s) for s in (0.4, 12, 95, 7300)]
        ['under 1 s', '12 s', '1 min 35 s', '2 h 1 min']
    """
    if seconds < 1:
        return "under 1 s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def local(time: datetime) -> datetime:
    """A stored time (naive UTC) on this machine's clock."""
    return time.replace(tzinfo=UTC).astimezone()
