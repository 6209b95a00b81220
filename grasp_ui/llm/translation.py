"""Between our OpenAI-form bodies and completions and what litellm takes and gives."""

from collections.abc import Mapping
from typing import Any

from grasp_ui.llm.port import BadRequest, MalformedReply, NoProbabilities

# What a graph may set. litellm takes its own switches, keys and addresses by the same way: none
# of those may come from a graph, so that everything else is refused.
PARAMETERS = frozenset({
    "frequency_penalty", "logit_bias", "logprobs", "max_completion_tokens", "max_tokens",
    "parallel_tool_calls", "presence_penalty", "reasoning_effort", "response_format", "seed",
    "service_tier", "stop", "temperature", "thinking", "tool_choice", "tools", "top_k",
    "top_logprobs", "top_p", "user", "verbosity",
})  # fmt: skip
OURS = frozenset({"model", "messages", "stream", "stream_options"})


def arguments_of(body: Mapping[str, Any], *, takes_any: bool) -> dict[str, Any]:
    """The arguments of a call to litellm that asks for what `body` asks for.

    With `takes_any` parameters that have no meaning here go into the request as they are.

    Raises:
        BadRequest: a parameter cannot be passed on; the message names it.

    Example:
        >>> body = {"model": "anthropic/x", "messages": [], "top_p": 0.9}
        >>> arguments_of(body, takes_any=False)
        {'model': 'anthropic/x', 'messages': [], 'top_p': 0.9}
    """
    named = {name: value for name, value in body.items() if name in PARAMETERS or name in OURS}
    rest = {name: value for name, value in body.items() if name not in named}
    if rest and not takes_any:
        raise BadRequest(
            f"{', '.join(sorted(rest))} cannot be sent to {body['model']}: its provider has no "
            "such parameter, or litellm cannot pass it on. Take it out of the graph's model."
        )
    return {**named, "extra_body": rest} if rest else named


def check_supported(body: Mapping[str, Any], supported: frozenset[str]) -> None:
    """Refuse, before anything is paid, what a model's provider does not offer.

    Raises:
        NoProbabilities: log-probabilities are asked for.
        BadRequest: another parameter is; the message names it.
    """
    missing = sorted(name for name in body if name in PARAMETERS - supported - {"top_k"})
    if "logprobs" in missing:
        raise NoProbabilities(
            f"{body['model']} gives no log-probabilities: judge by method schema, or use a model "
            "that gives them."
        )
    if missing:
        raise BadRequest(
            f"{body['model']} does not take {', '.join(missing)}: take it out of the graph's "
            "model, or use another model."
        )


def completion_from(answer: Any) -> dict[str, Any]:
    """The chat completion that litellm's answer is; the checks are `reply_of`'s."""
    choices = [_choice(choice) for choice in answer.choices[:1]]
    return {"choices": choices, "usage": _plain(getattr(answer, "usage", None))}


class Chunks:
    """Puts litellm's chunks together into the completion that they are pieces of."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._probabilities: Any = None
        self._usage: Any = None

    def take(self, chunk: Any) -> str:
        """The text that a chunk brings; empty where it brings something else."""
        self._usage = _plain(getattr(chunk, "usage", None)) or self._usage
        if not chunk.choices:
            return ""
        choice = chunk.choices[0]
        self._probabilities = self._probabilities or _plain(getattr(choice, "logprobs", None))
        self._reasoning.append(getattr(choice.delta, "reasoning_content", None) or "")
        text = choice.delta.content or ""
        self._text.append(text)
        return text

    def completion(self, finish_reason: str | None) -> dict[str, Any]:
        """The whole completion; `finish_reason` is the provider's own word.

        Raises:
            MalformedReply: the provider said none: the stream ended before the answer did.
        """
        if finish_reason is None:
            raise MalformedReply("The streamed answer broke off before its end.")
        message = {"content": "".join(self._text), "reasoning": "".join(self._reasoning)}
        choice = {
            "message": message,
            "finish_reason": finish_reason,
            "logprobs": self._probabilities,
        }
        return {"choices": [choice], "usage": self._usage}


def _choice(choice: Any) -> dict[str, Any]:
    message = choice.message
    return {
        "message": {
            "content": message.content,
            "reasoning_content": getattr(message, "reasoning_content", None),
            "refusal": getattr(message, "refusal", None),
        },
        "finish_reason": choice.finish_reason,
        "logprobs": _plain(getattr(choice, "logprobs", None)),
    }


def _plain(value: Any) -> Any:
    return value.model_dump(exclude_none=True) if hasattr(value, "model_dump") else value
