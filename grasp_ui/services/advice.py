"""What to do about a failed node, by the class of its reason."""

ADVICE = {
    "unreachable": "Check that the endpoint runs and its address in Settings; then run from here.",
    "timed_out": "Raise the time limit of the model in Settings, or ask for fewer tokens.",
    "rate_limited": "Lower the calls at once or the quotas of the model in Settings.",
    "out_of_quota": "Top up the account at the provider, or choose another model.",
    "server_fault": "The endpoint failed by itself: try again; its own log says why.",
    "not_authorized": "Set the key of the model: Settings name its environment variable.",
    "bad_request": "The endpoint refuses these settings: compare the request below with its "
    "limits.",
    "malformed_reply": "What came is no completion: check that the address speaks the OpenAI API.",
    "empty_reply": "The model said nothing: reword the prompt, or raise the most tokens.",
    "content_filter": "The provider's filter stopped the reply: reword the prompt.",
    "cut_off": "The reply ended at the token limit: raise the most tokens.",
    "schema_mismatch": "The reply is not the JSON that was asked for: say the form in the prompt, "
    "or simplify the schema.",
    "no_probabilities": "The endpoint gives no log-probabilities: judge by score instead.",
    "unknown_variable": "A text names a variable that has no value here: see what was read.",
}
"""By code of failure; every failure of a call is here."""
GENERAL = (
    "Change the node as the reason says, then run from here: what is before is not paid again."
)


def advice(error_code: str) -> str:
    """What to do about a failure of this class, in one sentence.

    Example:
        >>> advice("cut_off")
        'The reply ended at the token limit: raise the most tokens.'
    """
    return ADVICE.get(error_code, GENERAL)
