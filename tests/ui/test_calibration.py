"""The Calibration page, as far as it can be seen without a browser."""

from streamlit.testing.v1 import AppTest

from grasp_ui.services.calibration import JudgeReport, RuleReport, judge_reports
from grasp_ui.services.figures import Figure
from grasp_ui.services.learned import read_learned
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.conversations import add_conversations
from grasp_ui.ui.calibration import figure_rows, rule_rows
from grasp_ui.ui.confusion import APART, clicked_cell
from tests.services import reviewed
from tests.ui.conftest import Show, words

LEARNED = ":material/model_training: Learned"
RULES = ":material/rule: Rules"
PEOPLE = ":material/group: People"
JUDGES = ":material/compare_arrows: Judges"


def on_tab(show: Show, tab: str) -> AppTest:
    """The page with `tab` open."""
    page = show("calibration")
    page.session_state["calibration.tab"] = tab
    return page.run()


def test_an_empty_workspace_says_how_many_labels_are_needed(show: Show, opened: Workspace) -> None:
    page = show("calibration")
    assert not page.exception
    assert "From 50 labels on" in words(page)
    assert page.button(key="empty.review").label == "Go to Review"


def test_each_empty_part_says_what_to_do(show: Show, opened: Workspace) -> None:
    asked = {
        JUDGES: "second model", PEOPLE: "second person", RULES: "Keep or reject",
        LEARNED: "It takes 50 labels",
    }  # fmt: skip
    assert [tab for tab, says in asked.items() if says not in words(on_tab(show, tab))] == []


def test_a_judge_is_shown_with_its_figures(show: Show, opened: Workspace) -> None:
    reviewed.with_judgements(opened)
    page = show("calibration")
    assert not page.exception
    assert [
        option.split(" (")[0] for option in page.selectbox(key="calibration.judge").options
    ] == [
        "help, judged by critic",
        "help, judged by other",
    ]
    assert "ECE" in words(page)
    assert "Gwet's AC1" in page.dataframe[0].value["Figure"].tolist()


def test_few_labels_are_called_uncalibrated(show: Show, opened: Workspace) -> None:
    reviewed.with_judgements(opened, 12)
    said = words(show("calibration"))
    assert "Uncalibrated: 12 labels of 50" in said
    assert "a hint, no more" in said


def test_judges_and_people_are_shown_side_by_side(show: Show, opened: Workspace) -> None:
    reviewed.with_judgements(opened, 10)
    for number in range(10):
        reviewed.scored(opened, f"c{number}", 1 + number % 5, person="bob")
    for tab, others in ((JUDGES, ["critic", "other"]), (PEOPLE, ["ada", "bob"])):
        pairs = on_tab(show, tab).dataframe[1].value
        assert pairs[["One", "Other"]].to_numpy().tolist() == [others]


def test_models_are_trained_switched_on_and_off_in_the_page(show: Show, opened: Workspace) -> None:
    reviewed.with_decisions(opened)
    page = on_tab(show, LEARNED)
    page.button(key="calibration.train").click().run()
    assert "Whether people reject a conversation" in words(page)
    page.button(key="calibration.on").click().run()
    assert read_learned(opened).is_on
    page.button(key="calibration.off").click().run()
    assert not read_learned(opened).is_on
    assert not page.exception


def test_a_training_without_labels_says_what_is_missing(show: Show, opened: Workspace) -> None:
    reviewed.with_decisions(opened, 9)
    page = on_tab(show, LEARNED)
    page.button(key="calibration.train").click().run()
    assert "9 labels in 9 conversations" in page.info[0].value


def test_a_rule_that_is_often_overruled_is_said_to_be_loosened() -> None:
    [row] = rule_rows([RuleReport("loop", 40, 8, 3)]).to_dict("records")
    assert (row["Precision"], row["What to think"]) == (
        0.625,
        "Overruled 38% of the time: loosen it?",
    )


def test_a_figure_that_is_not_there_says_why() -> None:
    [row] = figure_rows([Figure("Cohen's kappa", None, reason="Only one.")]).to_dict("records")
    assert row == {"Figure": "Cohen's kappa", "Value": "–", "95 %": "Only one."}


def test_a_rule_that_is_often_overruled_leads_to_its_thresholds(
    show: Show, opened: Workspace
) -> None:
    names = [f"d{number}" for number in range(5)]
    results = [reviewed.talk(name, "Well.", reviewed.found_by_rule(name)) for name in names]
    add_conversations(opened.database, results)
    for name in names:
        reviewed.deed(opened, "keep", name)
    page = on_tab(show, RULES)
    page.button(key="calibration.rule.loop").click().run()
    assert page.title[0].value == "Tagging"
    assert page.query_params["rule"] == "loop"


def test_where_judge_and_people_are_furthest_apart_is_opened(show: Show, opened: Workspace) -> None:
    results = [reviewed.talk(name, "Well.", reviewed.judged(name, 1)) for name in ("near", "far")]
    add_conversations(opened.database, results)
    reviewed.scored(opened, "near", 2)
    reviewed.scored(opened, "far", 5)
    page = show("calibration")
    assert "judge **1**, people **5**" in words(page)
    page.button(key="calibration.apart.0").click().run()
    assert page.query_params["conversation"] == "far"


CELLS = "calibration.cell.help.critic"


def three_cells(opened: Workspace, count: int = 1) -> JudgeReport:
    """Judge and Ada say 1 and 2 of one, 1 and 5 of one, and 3 and 3 of `count`."""
    said = {"near": (1, 2), "far": (1, 5), **{f"same{n}": (3, 3) for n in range(count)}}
    results = [
        reviewed.talk(name, "Well.", reviewed.judged(name, by)) for name, (by, _) in said.items()
    ]
    add_conversations(opened.database, results)
    for name, (_, value) in said.items():
        reviewed.scored(opened, name, value)
    return judge_reports(opened)[0]


def test_the_conversations_of_a_cell_are_listed_and_opened(show: Show, opened: Workspace) -> None:
    three_cells(opened)
    page = show("calibration")
    assert page.selectbox(key=CELLS).options == [
        "they disagree, the widest apart first (2)", "judge 1, people 2 (1)",
        "judge 1, people 5 (1)", "judge 3, people 3 (1)",
    ]  # fmt: skip
    page.selectbox(key=CELLS).set_value("0,1").run()
    assert "judge **1**, people **2**" in words(page)
    assert "judge **1**, people **5**" not in words(page)
    page.button(key="calibration.apart.0").click().run()
    assert page.query_params["conversation"] == "near"


def test_a_cell_of_many_is_listed_on(show: Show, opened: Workspace) -> None:
    three_cells(opened, 12)
    page = show("calibration")
    page.selectbox(key=CELLS).set_value("2,2").run()
    assert words(page).count("judge **3**, people **3**") == 5
    page.button(key="calibration.more").click().run()
    assert words(page).count("judge **3**, people **3**") == 12


def test_a_click_means_its_cell_and_an_empty_cell_nothing(opened: Workspace) -> None:
    report = three_cells(opened)
    values = len(report.values)
    full, empty = [{"point_index": 2 * values + 2}], [{"point_index": values + 1}]
    assert clicked_cell(report, full, APART) == "2,2"
    assert clicked_cell(report, empty, "2,2") == "2,2"
    assert clicked_cell(report, [], "2,2") == APART
