import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2.bidi_component.constants import EVENT_DELIM
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from streamlit.testing.v1 import AppTest

from grasp_ui.ui.canvas.component import CANVAS
from grasp_ui.ui.component import Component

APP = Path(__file__).with_name("canvas_app.py")


def opened() -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=30).run()


def mounted(app: AppTest) -> list[BidiComponent]:
    return [element.proto for element in app.get("bidi_component")]


def payload(app: AppTest) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(mounted(app)[0].json)
    return shown


def tell(app: AppTest, *items: dict[str, Any]) -> None:
    say(app, mounted(app)[0].id, *items)


def say(app: AppTest, component: str, *items: dict[str, Any]) -> None:
    """Speak as the browser does; Streamlit's test kit has no call for it."""
    numbered = [{"number": number, **item} for number, item in enumerate(items, start=1)]
    value = {"client": "test", "items": numbered}
    trigger = f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{component}{EVENT_DELIM}events"
    state = WidgetState(id=trigger)
    state.json_trigger_value = json.dumps([{"event": "parcel", "value": value}])
    states = app._tree.get_widget_states()
    states.widgets.append(state)
    app._run(states)


def item(topic: str, **value: Any) -> dict[str, Any]:
    return {"topic": topic, "value": value}


ADDED = item("edit", revision=1, nodes={"c": {"kind": "turn"}})


def test_the_canvas_is_drawn_without_complaint() -> None:
    assert not opened().exception


def test_a_second_app_in_one_process_finds_the_assets() -> None:
    opened()
    assert opened().get("bidi_component")


def test_a_word_of_what_is_off_the_page_is_passed_over() -> None:
    app = opened()
    component = mounted(app)[0].id
    app.session_state["hidden"] = True
    app.run()
    say(app, component, ADDED)
    assert not app.exception


def test_the_document_comes_to_the_browser() -> None:
    assert list(payload(opened())["document"]["nodes"]) == ["a", "b"]


def test_the_bundle_comes_from_its_file_and_not_inline() -> None:
    proto = mounted(opened())[0]
    assert (proto.js_source_path, proto.js_content) == (CANVAS.bundle, "")


def test_an_edit_is_applied_and_acknowledged() -> None:
    app = opened()
    tell(app, ADDED)
    shown = payload(app)
    assert (shown["acknowledged"], list(shown["document"]["nodes"])) == (1, ["a", "b", "c"])


def test_a_command_that_comes_twice_is_heard_once() -> None:
    app = opened()
    tell(app, item("command", command="save"))
    tell(app, item("command", command="save"), item("select", nodes=["a"]))
    assert app.session_state["heard"] == [{"command": "save"}, {"nodes": ["a"]}]


def test_the_browser_is_told_what_was_heard() -> None:
    app = opened()
    tell(app, ADDED, item("select", nodes=["c"]))
    assert payload(app)["receipt"] == {"client": "test", "heard": 2}


def test_the_pump_carries_the_run_alone() -> None:
    pump = json.loads(mounted(opened())[1].json)
    assert sorted(pump) == ["canvas", "pump", "run"]


def test_missing_assets_say_how_to_build_them(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"node build\.mjs"):
        _ = Component("canvas", tmp_path).bundle
