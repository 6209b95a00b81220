"""The port to every model: what it is asked, what it answers, how it fails."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from grasp_ui.errors import GraspError

# Requests and replies are values: nobody changes one. They are not frozen, because making a
# frozen one takes three times as long, and each call makes several.


@dataclass(slots=True, unsafe_hash=True)
class Request:
    """One call. `body` is the request as JSON, made once: sent, hashed and stored.

    `schema` is the JSON schema that the reply's text must satisfy, if any; `formal` says
    that a reply cut off by the token limit is a failure (a schema or a grammar is set).
    """

    body: bytes
    schema: Mapping[str, Any] | None = None
    formal: bool = False


@dataclass(slots=True, unsafe_hash=True)
class Usage:
    """What a call used: tokens, and dollars where the price is known (else 0).

    Of the prompt's tokens `cached_tokens` were read from the provider's cache and
    `cache_write_tokens` put into it; `reasoning_tokens` are those of the reply's that were
    thought and not said.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float = 0.0
    cached_tokens: int = 0
    cache_write_tokens: int = 0
    reasoning_tokens: int = 0


UNKNOWN_USAGE = Usage()


@dataclass(slots=True, unsafe_hash=True)
class Reply:
    """A validated answer.

    `text` is never empty. `value` is the parsed JSON where a schema was asked for. `top` has
    the candidates of the first token with their natural log-probabilities, likeliest first,
    where they were asked for. `attempt` counts from 0.
    """

    text: str
    value: Any = None
    finish_reason: str | None = None
    usage: Usage = UNKNOWN_USAGE
    top: tuple[tuple[str, float], ...] = ()
    reasoning: str | None = None
    started: float = 0.0
    seconds: float = 0.0
    attempt: int = 0


class CallFailure(GraspError):
    """A call failed; `code` names the class, `retry_after` the seconds to wait.

    `attempt` says which attempt of the call it was, from 0.
    """

    code: ClassVar[str] = "failed"
    can_be_retried: ClassVar[bool] = True

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        self.attempt = 0
        super().__init__(message)


class Unreachable(CallFailure):
    """No connection, or it broke."""

    code = "unreachable"


class NotReady(Unreachable):
    """Nobody answers at the address, or what does says that the endpoint is not ready."""


class TimedOut(CallFailure):
    """No complete answer in time."""

    code = "timed_out"


class RateLimited(CallFailure):
    """The endpoint asks for patience (429, or 503 with Retry-After)."""

    code = "rate_limited"


class OutOfQuota(CallFailure):
    """The account's quota or credit is used up (a 429 that says so)."""

    code = "out_of_quota"
    can_be_retried = False


class ServerFault(CallFailure):
    """The endpoint failed (5xx)."""

    code = "server_fault"


class NotAuthorized(CallFailure):
    """The key is missing or refused (401, 403)."""

    code = "not_authorized"
    can_be_retried = False


class BadRequest(CallFailure):
    """The endpoint refuses the request as it is (other 4xx)."""

    code = "bad_request"
    can_be_retried = False


class MalformedReply(CallFailure):
    """The answer is not a chat completion (broken JSON, no choices)."""

    code = "malformed_reply"


class EmptyReply(CallFailure):
    """The answer has no text."""

    code = "empty_reply"


class Filtered(CallFailure):
    """The endpoint's content filter took the answer away."""

    code = "content_filter"
    can_be_retried = False


class CutOff(CallFailure):
    """The token limit cut off a reply that had to be complete (schema or grammar)."""

    code = "cut_off"


class SchemaMismatch(CallFailure):
    """The text is not JSON, or not of the schema asked for."""

    code = "schema_mismatch"


class NoProbabilities(CallFailure):
    """Log-probabilities were asked for and none came."""

    code = "no_probabilities"
    can_be_retried = False


class Watch(Protocol):
    """What a caller wants to hear while a call is under way."""

    @property
    def wants_text(self) -> bool:
        """Whether pieces of the reply are wanted as they come."""

    def begin(self) -> None:
        """An attempt is about to be sent; what this raises ends the call."""

    def text(self, piece: str) -> None:
        """A piece of the reply has arrived."""

    def failed(self, failure: CallFailure, *, attempt: int, started: float, seconds: float) -> None:
        """An attempt has failed (also the last one, which is raised afterwards too)."""


class ChatModel(Protocol):
    """A model that can be asked. `wire_name` is what its endpoint calls it."""

    @property
    def name(self) -> str:
        """Its name in Settings."""

    @property
    def wire_name(self) -> str:
        """The `model` of the request body."""

    async def reply(self, request: Request, watch: Watch | None = None) -> Reply:
        """Ask, retrying as the model's patience says.

        Raises:
            CallFailure: the last attempt failed, or the failure is final.
        """
