"""A key in a message."""

import base64
import json
import string
from random import Random

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Planted, mutated, unharmed

LETTERS = string.ascii_letters + string.digits
CAPITALS = string.ascii_uppercase + string.digits
FORMS = (
    ("AKIA", 16, CAPITALS), ("ghp_", 36, LETTERS), ("gho_", 36, LETTERS),
    ("github_pat_", 60, LETTERS), ("glpat-", 20, LETTERS), ("xoxb-2912-", 24, LETTERS),
    ("sk-", 48, LETTERS), ("sk-proj-", 64, LETTERS), ("sk-ant-api03-", 80, LETTERS),
    ("sk_live_", 24, LETTERS), ("AIza", 35, LETTERS), ("hf_", 34, LETTERS), ("npm_", 36, LETTERS),
    ("SG.kD93jfLs02mXcv71Qwe4Rt.", 43, LETTERS), ("postgres://admin:", 14, LETTERS),
)  # fmt: skip
CARRIERS = (
    "My key is {}",
    'client = Client(api_key="{}")',
    "export TOKEN={}",
    "```yaml\ntoken: {}\n```",
    "Authorization: Bearer {}",
)
NEAR = (
    "Set OPENAI_API_KEY to sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx before you start.",
    'Use client = OpenAI(api_key="YOUR_API_KEY") and keep the key out of git.',
    "AWS writes key ids such as AKIAIOSFODNN7EXAMPLE in its manuals.",
    "A GitHub token begins with ghp_ and has forty characters.",
    "Put <your-token-here> into the field named token.",
    "The task-oriented, risk-averse and sk-learn-like style of the library is old.",
    "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEu1\n-----END PUBLIC KEY-----",
    "The file begins with -----BEGIN PRIVATE KEY----- and ends likewise.",
    "A token has three parts: eyJ..., eyJ... and the signature.",
    "The hash is e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.",
    "Connect with postgres://user:password@localhost:5432/shop for a test.",
    "Open https://github.com/octocat/hello-world/blob/main/readme.md to see it.",
    "mongodb://<user>:<password>@cluster0.mongodb.net is the form of the address.",
    "The id is 550e8400-e29b-41d4-a716-446655440000.",
    "sk-your-own-key-goes-here-instead-of-this is how the line looks.",
    "The class hf_trainer_callback_handler_for_training has no key.",
    "Your key looks like AIza followed by 35 characters.",
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4",
    "npm_config_registry and npm_lifecycle_event are variables of the environment.",
    "The pattern is sk-[A-Za-z0-9]{48}, as their guide says.",
    "Never commit secrets: use a vault, and rotate the tokens every month.",
    "eyJhIjoxfQ is base64 for a small object.",
)


def _key(chance: Random) -> str:
    """A key of a random form, or a token or a block of one."""
    place = chance.randrange(len(FORMS) + 2)
    if place == len(FORMS):
        head, body = ({"alg": "HS256", "typ": "JWT"}, {"sub": str(chance.randrange(10**9))})
        parts = [base64.urlsafe_b64encode(json.dumps(p).encode()).decode() for p in (head, body)]
        return ".".join([*(p.rstrip("=") for p in parts), _letters(LETTERS, 43, chance)])
    if place > len(FORMS):
        block = "\n".join(_letters(LETTERS, 64, chance) for _ in range(3))
        return f"-----BEGIN RSA PRIVATE KEY-----\n{block}\n-----END RSA PRIVATE KEY-----"
    prefix, length, alphabet = FORMS[place]
    tail = "@db.orders.internal:5432/shop" if "://" in prefix else ""
    return prefix + _letters(alphabet, length, chance) + tail


def _letters(alphabet: str, length: int, chance: Random) -> str:
    return "".join(chance.choices(alphabet, k=length))


def _with_a_key(text: str, chance: Random) -> str:
    return f"{text}\n\n{chance.choice(CARRIERS).format(_key(chance))}"


def faulty() -> list[Planted]:
    """Dialogues whose question or answer has a key, by chance of each form."""
    return [
        *mutated(_with_a_key, seed=30),
        *mutated(_with_a_key, seed=31, place=0),
    ]


def clean() -> list[Conversation]:
    """Keys to be replaced, words that begin like a key, other long words; plain dialogues."""
    return [*unharmed(), *(said("How do I sign in?", text) for text in NEAR)]
