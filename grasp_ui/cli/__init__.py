"""The command line: one file for each command."""

from grasp_ui.cli.commands import main

__all__ = ["main"]
