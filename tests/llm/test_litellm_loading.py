"""What litellm is kept from when it is loaded, and what does without it; each afresh."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.source import ROOT

HEAVY = {"litellm", "openai", "httpx", "boto3", "botocore", "tokenizers", "tiktoken"}
PRICED = """
from grasp_ui.services.pricing import is_priced
from grasp_ui.services.settings import ModelSettings
assert is_priced(ModelSettings(name="claude", wire_name="anthropic/claude-sonnet-4-5"))
import sys
print(*sys.modules)
"""
FORBIDDEN = """
import os, sys
def forbid(event, arguments):
    if event in ("socket.getaddrinfo", "socket.connect"):
        os.write(2, f"NETWORK {event} {arguments}".encode())
        os._exit(3)
sys.addaudithook(forbid)
from grasp_ui.llm.litellm_model import load_litellm
litellm = load_litellm()
litellm.completion("anthropic/claude-sonnet-4-5", [], mock_response="Hello.")
from litellm.anthropic_beta_headers_manager import _load_beta_headers_config
assert _load_beta_headers_config(), "no local headers"
assert "FROM_A_FILE" not in os.environ
"""


def afresh(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a fresh process in `folder` says after `code`."""
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_litellm_asks_nothing_of_the_network_by_itself(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FROM_A_FILE=1\n")
    said = afresh(FORBIDDEN, tmp_path)
    assert (said.returncode, said.stderr, said.stdout) == (0, "", "")


def test_prices_are_read_without_loading_litellm(tmp_path: Path) -> None:
    said = afresh(PRICED, tmp_path)
    assert said.returncode == 0, said.stderr
    assert {name.split(".")[0] for name in said.stdout.split()}.isdisjoint(HEAVY)
