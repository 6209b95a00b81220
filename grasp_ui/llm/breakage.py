"""What an error of the HTTP client means: a named failure, and what to do."""

from grasp_ui.llm.http_client import ConnectFailed, NotHttp
from grasp_ui.llm.port import CallFailure, MalformedReply, NotReady, TimedOut, Unreachable


def failure_from(error: Exception, where: str, timeout_seconds: float) -> CallFailure:
    """The failure that `error`, of a call to `where`, is."""
    if isinstance(error, ConnectFailed):
        return NotReady(
            f"Nothing answers at {where}. Is the server running, and the address in Settings right?"
        )
    if isinstance(error, TimeoutError):
        return TimedOut(
            f"{where} gave no complete answer within {timeout_seconds:g} seconds. Raise the "
            "model's timeout in Settings, or lower max_tokens."
        )
    if isinstance(error, NotHttp):
        return MalformedReply(f"{where} does not answer in HTTP.")
    return Unreachable(f"The connection to {where} broke ({type(error).__name__}).")


def late_start(where: str, first_token_seconds: float) -> CallFailure:
    """A stream without its first token in time."""
    return TimedOut(
        f"{where} began no answer within {first_token_seconds:g} seconds. Raise the model's time "
        "for the first token in Settings."
    )
