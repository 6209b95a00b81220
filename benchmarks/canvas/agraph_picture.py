"""The reference: the same graph as a picture of streamlit-agraph, in a page of its own.

    BENCH_DRAWING=GRAPH.yaml streamlit run benchmarks/canvas/agraph_picture.py

A click on a node is told to the server, which writes the node's name below the picture. The last
node is red, so that it can be found in the painted picture.
"""

import os
from pathlib import Path

import streamlit as st
from streamlit_agraph import Config, Edge, Node, agraph

from grasp_ui.services.graph_file import read_graph

RED, BLUE = "#ff0000", "#5b7cfa"


def main() -> None:
    """Draw the graph and write which node was clicked."""
    st.set_page_config(layout="wide")
    spec = read_graph(Path(os.environ["BENCH_DRAWING"]).read_text(encoding="utf-8"))
    *_, last = spec.nodes
    nodes = [
        Node(
            id=name,
            label=name,
            shape="box",
            x=spec.layout[name][0],
            y=spec.layout[name][1],
            color=RED if name == last else BLUE,
            font={"size": 40, "color": RED if name == last else "#ffffff"},
            widthConstraint=232,
            heightConstraint=120,
        )
        for name in spec.nodes
    ]
    edges = [Edge(source=edge.source, target=edge.target) for edge in spec.edges]
    config = Config(width=1100, height=700, physics=False, directed=True)
    st.write(f"Chosen: {agraph(nodes=nodes, edges=edges, config=config)}")


if __name__ == "__main__":
    main()
