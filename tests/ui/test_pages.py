"""Every page in its states, as far as a page can be seen without a browser."""

import pytest

from grasp_ui.model.selection import Selection
from grasp_ui.services import review
from grasp_ui.services.settings import ModelSettings, Settings
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui import session
from tests.fake_server import FakeServer
from tests.ui.conftest import Show, words

PAGES = (
    "home", "design", "run", "imports", "tagging", "review", "calibration", "export", "settings",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_on_an_empty_workspace(show: Show, name: str) -> None:
    assert not show(name).exception


@pytest.mark.parametrize("name", ["design", "review", "export"])
def test_an_empty_page_says_what_to_do_next(show: Show, name: str) -> None:
    assert show(name).button(key="empty.home").label == "Go to Home"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_on_a_full_workspace(show: Show, full: Workspace, name: str) -> None:
    assert not show(name, graph="own/talk").exception


def test_home_opens_a_graph_on_the_canvas(show: Show, opened: Workspace) -> None:
    page = show("home")
    page.button(key="home.open.own/talk").click().run()
    assert not page.exception
    assert page.query_params["graph"] == "own/talk"


def test_a_new_graph_opens_on_the_canvas(show: Show, opened: Workspace) -> None:
    page = show("home")
    page.text_input(key="home.new.title").set_value("Tea time")
    page.button(key="home.new.create").click().run()
    assert page.query_params["graph"] == "own/tea_time"


def test_the_newest_runs_are_on_the_first_page(show: Show, full: Workspace) -> None:
    assert "Two answers, one judge" in words(show("home"))


def test_an_unknown_graph_is_said_and_not_thrown(show: Show, opened: Workspace) -> None:
    page = show("design", graph="own/gone")
    assert not page.exception
    assert "Not found" in words(page)


def test_a_run_that_cannot_start_lists_every_problem(show: Show, opened: Workspace) -> None:
    path = opened.home / "graphs" / "talk.yaml"
    path.write_text(path.read_text().replace("kind: turn", "kind: trn"))
    page = show("run", graph="own/talk")
    page.selectbox(key="run.model").set_value("far").run()
    page.button(key="run.start").click().run()
    assert "cannot run yet" in words(page)


def test_a_run_starts_and_is_named_in_the_address(
    show: Show, opened: Workspace, server: FakeServer
) -> None:
    page = show("run", graph="own/talk")
    page.selectbox(key="run.model").set_value("far").run()
    page.number_input(key="run.records").set_value(2).run()
    page.button(key="run.start").click().run()
    run_id = page.query_params["run"]
    assert opened.runner.wait(run_id, 60).run.done == 2


def test_a_finished_run_shows_its_figures_and_its_way_on(show: Show, full: Workspace) -> None:
    run = review.find(full, Selection()).rows[0].conversation.run_id
    page = show("run", run=str(run))
    assert page.metric[0].label == "Records"
    assert page.button(key="run.conversations").label == "Conversations"


def test_a_failed_record_is_shown_by_its_cause(show: Show, opened: Workspace) -> None:
    settings = ModelSettings(name="far", url="http://127.0.0.1:9/v1", patience_seconds=0)
    opened.change_settings(Settings(models=(settings,)))
    page = show("run", graph="own/talk")
    page.number_input(key="run.records").set_value(1).run()
    page.selectbox(key="run.model").set_value("far").run()
    page.button(key="run.start").click().run()
    opened.runner.wait(page.query_params["run"], 60)
    assert "unreachable" in show("run", run=page.query_params["run"]).dataframe[0].value.to_string()


def test_the_list_of_conversations_is_filtered_by_the_address(show: Show, full: Workspace) -> None:
    assert "Nothing matches" in words(show("review", text="no such words anywhere"))


def test_a_filter_goes_into_the_address(show: Show, full: Workspace) -> None:
    page = show("review")
    page.text_input(key="filter.text").set_value("rain").run()
    assert page.query_params["text"] == "rain"


def test_a_wrong_filter_in_the_address_is_passed_over(show: Show, full: Workspace) -> None:
    page = show("review", verdict="maybe", **{"from": "9"})
    assert not page.exception
    assert "Nothing matches" not in words(page)


def test_a_conversation_opens_as_chat_with_its_tags(show: Show, full: Workspace) -> None:
    page = show("review")
    page.button(key="review.first").click().run()
    assert [message.name for message in page.chat_message] == ["user", "assistant"]
    assert "helpfulness" in words(page)


def test_an_override_is_kept_with_person_and_reason(show: Show, full: Workspace) -> None:
    tagged = review.find(full, Selection()).rows[0]
    page = show("review", conversation=tagged.conversation.id)
    asked = next(str(f.key) for f in page.text_input if "helpfulness" in str(f.key))
    key = asked.removesuffix(".reason")
    page.button_group(key=f"{key}.action").set_value("reject")
    page.text_input(key=f"{key}.reason").set_value("It does not answer.")
    page.button(key=f"{key}.save").click().run()
    (event,) = review.open_conversation(full, tagged.conversation.id).reviews
    assert (event.reason, event.payload["action"]) == ("It does not answer.", "reject")


def test_undo_takes_the_last_decision_back(show: Show, full: Workspace) -> None:
    conversation = review.find(full, Selection()).rows[0].conversation.id
    review.decide(full, conversation, "reject", person=session.person())
    page = show("review", conversation=conversation)
    assert "dropped" in words(page)
    page.button(key="review.undo").click().run()
    assert "dropped" not in words(page)


def test_the_preview_counts_what_the_export_writes(show: Show, full: Workspace) -> None:
    page = show("export")
    counted = int(page.metric[0].value)
    page.button(key="export.write").click().run()
    (folder,) = (full.home / "exports").iterdir()
    assert len((folder / "data.jsonl").read_text().splitlines()) == counted > 0


def test_a_name_in_settings_signs_the_decisions(show: Show, opened: Workspace) -> None:
    show("settings").text_input(key="settings.person").set_value("Ada").run()
    assert session.person() == "Ada"


def test_a_ping_says_how_long_the_model_took(
    show: Show, opened: Workspace, server: FakeServer
) -> None:
    page = show("settings")
    page.button(key="settings.ping.far").click().run()
    assert not page.exception
    assert " s]" in words(page)


def test_an_endpoint_without_an_address_is_refused(show: Show, opened: Workspace) -> None:
    page = show("settings")
    page.text_input(key="settings.new.name").set_value("mine")
    page.button(key="settings.add.save").click().run()
    assert "There is no address." in words(page)


def test_a_providers_model_is_added_by_its_name_alone(
    show: Show, opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    page = show("settings")
    page.text_input(key="settings.of.wire_name").set_value("anthropic/claude-sonnet-4-5")
    page.button(key="settings.provider.save").click().run()
    assert opened.settings.models[-1].name == "claude-sonnet-4-5"
    shown = words(show("settings"))
    assert "anthropic/claude-sonnet-4-5 through litellm" in shown
    assert "\\$3 + \\$15 per million tokens" in shown
    assert "ANTHROPIC\\_API\\_KEY is not set" in shown


def test_a_ping_says_what_it_cost(show: Show, opened: Workspace, server: FakeServer) -> None:
    dear = ModelSettings(name="dear", url=server.url, prompt_usd=1, completion_usd=10)
    opened.change_settings(Settings(models=(dear,)))
    page = show("settings")
    page.button(key="settings.ping.dear").click().run()
    assert " s · \\$0.000" in words(page)


def test_a_key_is_never_on_the_page(
    show: Show, opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", "sk-secret")
    model = ModelSettings(name="far", url="http://127.0.0.1:9/v1", key_variable="MY_KEY")
    opened.change_settings(Settings(models=(model,)))
    page = show("settings")
    assert "key from MY\\_KEY" in words(page)
    assert "sk-secret" not in str(page.main)


def test_quotas_and_more_addresses_of_a_model_are_set_and_shown(
    show: Show, opened: Workspace
) -> None:
    model = ModelSettings(name="far", url="http://127.0.0.1:9/v1")
    opened.change_settings(Settings(models=(model,)))
    page = show("settings")
    page.number_input(key="settings.model.far.requests_per_minute").set_value(1200)
    page.text_area(key="settings.model.far.more_urls").set_value("http://127.0.0.1:8/v1\n")
    page.button(key="settings.save.far").click().run()
    kept = opened.settings.models[0]
    assert (kept.requests_per_minute, kept.more_urls) == (1200, ("http://127.0.0.1:8/v1",))
    assert "v1 and 1 more" in words(page)
    assert "8 calls at once · 1,200 requests a minute" in words(page)
