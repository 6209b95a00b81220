"""Forecasts and taggings in words: the same on the command line and on pages."""

from grasp_ui.services.stage_two_forecast import JudgingForecast, Range
from grasp_ui.services.stage_two_tally import TaggingView
from grasp_ui.tagging.changes import Changed


def forecast_in_words(forecast: JudgingForecast) -> str:
    """What judging will use, in a sentence or three."""
    uses = forecast.uses
    asked = (
        f"Judges would be asked about {forecast.passed:,} of {forecast.conversations:,} "
        f"conversations: {range_in_words(uses.calls)} calls, about "
        f"{range_in_words(uses.prompt_tokens)} tokens sent and "
        f"{range_in_words(uses.reply_tokens)} written"
    )
    known = f"; {forecast.known:,} answers are known already" if forecast.known else ""
    return f"{asked}{known}. {_dollars(forecast)}"


def range_in_words(one: Range) -> str:
    """A range as a person reads it.

    Example:
        >>> range_in_words(Range(1200.0, 1200.0)), range_in_words(Range(3.0, 4.5))
        ('1,200', '3 to 4')
    """
    low, high = f"{one.low:,.0f}", f"{one.high:,.0f}"
    return low if low == high else f"{low} to {high}"


def tagging_in_words(view: TaggingView) -> list[str]:
    """How a tagging by judges went, a line for each thing worth knowing."""
    cost = f", ${view.cost_usd:.4f}" if view.cost_usd else ""
    known = f", {view.known:,} answers known before" if view.known else ""
    unparsed = f", {view.unparsed:,} could not be read" if view.unparsed else ""
    pairs = f", {view.preferences:,} preferences" if view.preferences else ""
    lines = [
        f"Judges: {view.state}. {view.passed:,} of {view.done:,} conversations judged: "
        f"{changed_in_words(view.changed)}{pairs}{unparsed}.",
        f"{view.calls:,} calls{known}, {view.prompt_tokens:,} + {view.completion_tokens:,} "
        f"tokens{cost}, {view.seconds:.1f} s.",
    ]
    lines += [f"  {one.count} × {one.error_code} at {one.node}: {one.example}"
              for one in view.failures]  # fmt: skip
    return [*lines, *([f"Reason: {view.reason}"] if view.reason else [])]


def changed_in_words(changed: Changed) -> str:
    """What was appended.

    Example:
        >>> changed_in_words(Changed(3, 1, 0))
        '3 tags new, 1 changed, 0 taken back'
    """
    return (
        f"{changed.new:,} tags new, {changed.changed:,} changed, {changed.taken_back:,} taken back"
    )


def _dollars(forecast: JudgingForecast) -> str:
    if forecast.is_free:
        return "It costs nothing."
    low, high = forecast.uses.usd.low, forecast.uses.usd.high
    sure = f"About ${low:.4f} to ${high:.4f}" if high else ""
    if not forecast.unpriced:
        return f"{sure}."
    names = ", ".join(forecast.unpriced)
    besides = f"The price of {names} is not known."
    return f"{sure} for what has a price. {besides}" if sure else besides
