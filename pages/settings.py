"""Settings: models and their pings, the built-in model, your name, the store."""

import streamlit as st

from grasp_ui.ui.builtin import offer_builtin
from grasp_ui.ui.model_cards import add_endpoint, add_provider, model_card
from grasp_ui.ui.session import person, workspace
from grasp_ui.ui.shell import title_row, toast
from grasp_ui.ui.sizes import in_words, store_size

opened = workspace()
title_row("Settings", "Kept in this workspace. Keys stay in the environment and are never stored.")
left, right = st.columns([3, 2], gap="large")

with left:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Models", anchor=False)
        add_endpoint(opened)
        add_provider(opened)
    st.caption(
        "Graphs call models by alias; an alias names one of these. An endpoint is any address "
        "that speaks the OpenAI API; all other providers are reached through litellm."
    )
    offer_builtin("settings")
    for model in opened.settings.models:
        model_card(opened, model)

with right:
    st.subheader("You", anchor=False)
    name = st.text_input(
        "Name as reviewer", value=opened.settings.person, key="settings.person",
        placeholder=person(), help="Your decisions on the Review page carry it.",
    )  # fmt: skip
    if name.strip() != opened.settings.person:
        opened.change_settings(opened.settings.model_copy(update={"person": name.strip()}))
        toast(f"You review as {person()}.")

    st.subheader("Store", anchor=False)
    st.markdown(f"{in_words(store_size(opened.store_path))} in")
    st.code(str(opened.store_path), language=None, wrap_lines=True)
    st.caption(
        "Conversations, tags and decisions. A journal beside it has every decision once more, so "
        "that a damaged file costs none of them."
    )
    for notice in opened.notices:
        st.info(notice, icon=":material/healing:")
