"""`python -m grasp_ui.cli` is `grasp`."""

from grasp_ui.cli import main

main()
