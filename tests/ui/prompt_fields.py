"""Prompt editors on a page without a browser: what they show, and typing in them."""

import json
from typing import Any

from streamlit.components.v2.bidi_component.constants import EVENT_DELIM
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from streamlit.testing.v1 import AppTest


def shown(page: AppTest, key: str) -> dict[str, Any]:
    """What the editor of the field `key` was given to show."""
    payload: dict[str, Any] = json.loads(_editor(page, key).json)
    return payload


def write(page: AppTest, key: str, text: str, *, number: int = 1, client: str = "tab") -> AppTest:
    """Type as in a browser."""
    return _say(page, key, "letter", {"client": client, "number": number, "text": text})


def turn(page: AppTest, key: str, record: int, steps: int = 0, *, number: int = 1) -> AppTest:
    """Choose another record for the preview as in a browser."""
    wish = {"client": "tab", "number": number, "record": record, "steps": steps}
    return _say(page, key, "turn", wish)


def _say(page: AppTest, key: str, event: str, value: dict[str, Any]) -> AppTest:
    """Speak as the editor does; Streamlit's test kit has no call for it."""
    trigger = f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{_editor(page, key).id}{EVENT_DELIM}events"
    state = WidgetState(id=trigger)
    state.json_trigger_value = json.dumps([{"event": event, "value": value}])
    states = page._tree.get_widget_states()
    states.widgets.append(state)
    page._run(states)
    return page


def _editor(page: AppTest, key: str) -> BidiComponent:
    protos: list[BidiComponent] = [element.proto for element in page.get("bidi_component")]
    return next(proto for proto in protos if proto.id.endswith(f"{key}.editor"))
