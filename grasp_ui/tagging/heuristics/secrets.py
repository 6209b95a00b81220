"""Keys and tokens that open somebody's door."""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from grasp_ui.model.conversation import Conversation
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig, Measured, finding, tree_heuristic

# Each kind by what its keys hold in any case, and by their whole form. The forms are those that
# the services publish, as the rules of gitleaks and detect-secrets have them.
FORMS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("AWS key id", ("AKIA", "ASIA"), r"(?:AKIA|ASIA)[A-Z0-9]{16}"),
    ("GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"gh[pousr]_[A-Za-z0-9]{30,}"),
    ("GitHub token", ("github_pat_",), r"github_pat_[A-Za-z0-9_]{22,}"),
    ("GitLab token", ("glpat-",), r"glpat-[\w-]{20,}"),
    ("Slack token", ("xox",), r"xox[abeoprs]-[A-Za-z0-9-]{10,}"),
    ("Slack webhook", ("hooks.slack.com",), r"https://hooks\.slack\.com/services/T\w+/B\w+/\w{16,}"),
    ("Stripe key", ("k_live_", "k_test_"), r"[srp]k_(?:live|test)_[A-Za-z0-9]{16,}"),
    ("API key", ("sk-",), r"sk-(?:proj-|svcacct-|ant-|or-)?[\w-]{20,}"),
    ("Google key", ("AIza",), r"AIza[\w-]{35}"),
    ("Hugging Face token", ("hf_",), r"hf_[A-Za-z0-9]{30,}"),
    ("npm token", ("npm_",), r"npm_[A-Za-z0-9]{36}"),
    ("SendGrid key", ("SG.",), r"SG\.[\w-]{16,}\.[\w-]{16,}"),
    ("Telegram token", (":AA",), r"\d{8,10}:AA[\w-]{32,}"),
    ("JSON web token", ("eyJ",), r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    ("private key", ("PRIVATE KEY",),
     r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----\s+[\w+/=:]{16,}"),
    ("password in an address", ("://",),
     r"\b[a-z][a-z0-9+]{2,}://[^\s:/@<>{}$]+:[^\s:/@<>{}$]{6,}@[\w.-]+"),
)  # fmt: skip
ANCHORS = {anchor: place for place, form in enumerate(FORMS) for anchor in form[1]}
# A character of theirs that few texts have, and what stands around it: most texts have none.
NEAR = (
    ("-", re.compile(r"-(?:----BEGIN|(?<=sk-)|(?<=xox[abeoprs]-)|(?<=glpat-))")),
    (":", re.compile(r":(?://|AA)")),
    ("A", re.compile(r"A(?:KIA|SIA|Iza)")),
    ("_", re.compile(r"_(?:(?<=gh[pousr]_)|(?<=github_pat_)|(?<=[srp]k_)|(?<=hf_)|(?<=npm_))")),
    ("G", re.compile(r"G(?<=SG)\.")),
    ("J", re.compile(r"J(?<=eyJ)")),
)
PATTERNS = tuple(re.compile(rf"(?<![\w-]){form}(?!\w)") for _, _, form in FORMS)
# Keys that are written to be replaced.
INVENTED = re.compile(
    r"example|placeholder|your[-_]?|x{4,}|\.\.\.|\*{3,}|<|0{8}|password|changeme"
    r"|user(?:name)?:pass|redacted|dummy|fake|sample|secret:",
    re.I,
)
LEAST_VARIED = 8


class SecretsConfig(HeuristicConfig):
    """The rule has no thresholds: a form fits or does not."""


class Secret(NamedTuple):
    """A key of a kind at [start, end) of a text."""

    kind: str
    start: int
    end: int


LOOK = Look(
    "Secret",
    "A message holds what looks like an API key, a token or a private key.",
    group="Safety hints",
    icon="key",
)


@tree_heuristic("secrets", config=SecretsConfig, look=LOOK)
def secrets(config: SecretsConfig, conversation: Conversation) -> Iterator[Finding]:
    """Each message with a key in the form that its service gives out; a hint.

    Known are AWS, GitHub, GitLab, Slack, Stripe, Google, Hugging Face, npm, SendGrid and Telegram,
    keys that begin with `sk-`, JSON web tokens with a readable header (RFC 7519), blocks of
    private keys (RFC 7468) and addresses with a password. Keys that are written to be replaced
    (`sk-xxxx`, `YOUR_KEY`, those of documentations) do not count. The value is the kind.
    """
    for message in conversation.messages:
        kept = list(secrets_in(message.content))
        if kept:
            span = (kept[0].start, kept[0].end)
            measured = Measured("keys and tokens", len(kept), 0, span)
            yield finding(message, measured, value=kept[0].kind)


def secrets_in(text: str) -> Iterator[Secret]:
    """The keys in `text`, kind by kind.

    Example:
        >>> [key.kind for key in secrets_in("token: ghp_" + "aB3dE5gH7j" * 4)]
        ['GitHub token']
    """
    if not _may_hold(text):
        return
    for place in dict.fromkeys(place for anchor, place in ANCHORS.items() if anchor in text):
        for match in PATTERNS[place].finditer(text):
            if _is_real(FORMS[place][0], match.group()):
                yield Secret(FORMS[place][0], *match.span())


def _may_hold(text: str) -> bool:
    return any(sign in text and form.search(text) for sign, form in NEAR)


def _is_real(kind: str, key: str) -> bool:
    if kind == "JSON web token":
        return _has_header(key)
    if kind == "private key":
        return not re.search(r"\.\.\.|your|x{8}", key, re.I)
    if INVENTED.search(key):
        return False
    if kind == "API key" and not (re.search(r"\d", key) and re.search(r"[a-zA-Z]{2}", key[3:])):
        return False
    return len(set(key)) > LEAST_VARIED


def _has_header(token: str) -> bool:
    head = token.split(".", 1)[0]
    try:
        header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (binascii.Error, ValueError):
        return False
    return isinstance(header, dict) and "alg" in header
