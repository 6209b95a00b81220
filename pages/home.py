"""Home: the examples, one's own graphs, the recent runs, and what to do next."""

import streamlit as st

from grasp_ui.services import graphs, runs
from grasp_ui.services.node_kinds import node_kinds
from grasp_ui.ui.builtin import offer_builtin
from grasp_ui.ui.describing import Sheet, describe_button
from grasp_ui.ui.gallery import graph_cards, run_rows, steps
from grasp_ui.ui.session import go_to, workspace

opened = workspace()

with st.container(key="hero"):
    st.title("From a drawing to training data", anchor=False)
    st.markdown(
        "Draw how a dialogue should go, run it with any model, and keep only what rules, judges "
        "and you find good. It all stays on this machine; only the models that you name see texts."
    )
steps()

for notice in opened.notices:
    st.info(notice, icon=":material/healing:")
offer_builtin("home")

entries = graphs.list_graphs(opened)
kinds = {card.name: card for card in node_kinds()}
own = [entry for entry in entries if not entry.is_example]
recent = runs.recent_runs(opened, 5)

if recent:
    st.subheader("Recent runs", anchor=False)
    with st.container(border=True, gap=None):
        run_rows(recent)

if own:
    st.subheader("Your graphs", anchor=False)
    graph_cards(own, kinds)

with st.container(horizontal=True, vertical_alignment="bottom"):
    with st.container(gap=None):
        st.subheader("Examples", anchor=False)
        st.caption("Open one and press *Run*: each works with the built-in model, no key.")
    describe_button(Sheet(opened))
    with st.popover("New graph", icon=":material/add:"), st.form("home.new", border=False):
        title = st.text_input("Title", key="home.new.title", placeholder="What is it about?")
        if st.form_submit_button("Create", key="home.new.create", type="primary"):
            go_to("design", graph=graphs.new_graph(opened, title.strip() or "Untitled"))
examples = [entry for entry in entries if entry.is_example]
graph_cards(examples, kinds, first=None if recent else next((e.id for e in examples), None))
