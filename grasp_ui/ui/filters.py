"""Filters of conversations, kept in the address: opening it brings them back."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

import streamlit as st
from pydantic import ValidationError

from grasp_ui.model.run import Run
from grasp_ui.model.selection import Order, Selection
from grasp_ui.model.value import Action, Source
from grasp_ui.ui import theme
from grasp_ui.ui.following import follow, key_of
from grasp_ui.ui.live import run_name

IN_ADDRESS = {
    "run_id": "run", "verdict": "verdict", "tag": "tag", "action": "action", "source": "source",
    "reviewed": "reviewed", "origin": "origin", "text": "text", "minimum_score": "from",
    "maximum_score": "to", "order": "order",
}  # fmt: skip
REVIEWED = {"True": "reviewed", "False": "untouched"}
WHOLE = (0.0, 1.0)


def selection_of_address() -> Selection:
    """What the address selects; a value that is none of its filter's is passed over."""
    found: dict[str, Any] = {}
    for name, parameter in IN_ADDRESS.items():
        written = st.query_params.get(parameter, "")
        if written and _is_good(name, written):
            found[name] = written
    return Selection.model_validate(found)


def filter_bar(
    selection: Selection, *, runs: Sequence[Run], tags: Sequence[str], is_ordered: bool = True
) -> None:
    """The filters in one row; a change goes into the address and draws the page again."""
    names = {str(run.id): run_name(run) for run in runs}
    verdicts = {str(name): style.word for name, style in theme.VERDICTS.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        _choice("Run", "run_id", selection, names, width=250)
        _choice("Verdict", "verdict", selection, verdicts, width=120)
        _choice("Tag", "tag", selection, {name: name for name in tags}, width=170)
        _search(selection)
        if is_ordered:
            _choice("Order", "order", selection, _same(get_args(Order)), width=150)
        with st.popover("More filters", icon=":material/tune:"):
            _choice("Origin", "origin", selection, _same(("generated", "imported")))
            _choice("Action of a tag", "action", selection, _same(get_args(Action)))
            _choice("Said by", "source", selection, _same(get_args(Source)))
            _choice("Reviewed", "reviewed", selection, REVIEWED)
            _scores(selection)
        st.button(
            "Clear", key="filter.clear", icon=":material/filter_alt_off:", type="tertiary",
            on_click=_clear, disabled=selection == Selection(),
        )  # fmt: skip


def _choice(
    label: str, name: str, selection: Selection, words: Mapping[str, str], *, width: int = 240
) -> None:
    """One choice; the first option means all, but for the order, which has no such option."""
    value = getattr(selection, name)
    shown = "" if value is None else str(value)
    known = [*words, *([shown] if shown and shown not in words else [])]
    options = known if name == "order" else ["", *known]
    st.selectbox(
        label,
        options,
        index=options.index(shown),
        key=_followed(name, shown),
        on_change=_write,
        args=(name,),
        width=width,
        format_func=lambda item: words.get(item, item) if item else "All",
    )


def _search(selection: Selection) -> None:
    st.text_input(
        "Search",
        value=selection.text,
        key=_followed("text", selection.text),
        on_change=_write,
        args=("text",),
        type="search",
        placeholder="words in a message",
        width=190,
    )


def _scores(selection: Selection) -> None:
    low, high = selection.minimum_score, selection.maximum_score
    shown = (WHOLE[0] if low is None else low, WHOLE[1] if high is None else high)
    st.slider(
        "Score", *WHOLE, shown, step=0.05, key=_followed("scores", shown), on_change=_write_scores
    )  # fmt: skip


def _followed(name: str, shown: Any) -> str:
    """The widget's key, after it was made to show what the address says."""
    return follow(f"filter.{name}", shown, shown)


def _write(name: str) -> None:
    value = st.session_state[key_of(f"filter.{name}")]
    _put(IN_ADDRESS[name], "" if value == _default(name) else value)


def _write_scores() -> None:
    low, high = st.session_state[key_of("filter.scores")]
    _put(IN_ADDRESS["minimum_score"], "" if low <= WHOLE[0] else str(low))
    _put(IN_ADDRESS["maximum_score"], "" if high >= WHOLE[1] else str(high))


def _put(parameter: str, value: str) -> None:
    if value:
        st.query_params[parameter] = value
    else:
        st.query_params.pop(parameter, None)
    st.query_params.pop("page", None)


def _clear() -> None:
    st.query_params.clear()


def _default(name: str) -> Any:
    return Selection.model_fields[name].default


def _is_good(name: str, written: str) -> bool:
    try:
        Selection.model_validate({name: written})
    except ValidationError:
        return False
    return True


def _same(words: Sequence[str]) -> dict[str, str]:
    return {word: word for word in words}
