"""What one address is given: calls at once, quotas and times."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one address; they count calls, over all its models.

    `calls_at_once` is the most there may ever be in flight. A quota a minute of 0 is none.
    `timeout_seconds` is for a whole call once it is sent; `first_token_seconds` for the first
    piece of a streamed reply (0: no limit of its own).
    """

    calls_at_once: int = 8
    timeout_seconds: float = 120.0
    first_token_seconds: float = 0.0
    requests_per_minute: int = 0
    tokens_per_minute: int = 0
