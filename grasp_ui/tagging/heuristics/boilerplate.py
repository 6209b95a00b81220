"""An answer that speaks of itself as a language model, unasked."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from grasp_ui.model.conversation import Message, Thread
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import (
    Finding,
    HeuristicConfig,
    Measured,
    answers,
    finding,
    heuristic,
)
from grasp_ui.tagging.wording import lowered, without_inline_code, word_set

# One of these words is in every stock phrase, and one of these texts: most texts need no
# regular expression.
WORDS = frozenset(
    {
        "language", "ai", "artificial", "chatbot", "cut", "cutoff", "training", "knowledge",
        "update", "personal", "subjective", "feelings", "emotions", "trained", "ki",
        "sprachmodell", "großes", "taalmodel", "tant", "modelo", "ia", "linguistico", "作", "言",
        "языковая", "yapay", "искусственный", "językowy",
    }
)  # fmt: skip
HINTS = (
    "language model", "an ai", " ai ", " ai,", "artificial intel", "a chatbot", "my knowledge",
    "knowledge cut", "my training", "my last", "my latest", "my most recent", "have personal",
    "any personal", "have subjective", "have feelings", "have emotions", "i was trained",
    "als ki", "sprachmodell", "en tant qu", "modelo de l", "omo ia", "una ia", "uma ia",
    "linguistico", "taalmodel", "作为", "言語モデル", "aiとして", "aiアシ", "языковая модель",
    "искусственный интел", "model językowy", "yapay zeka",
)  # fmt: skip
# So far from its hint a phrase begins and ends.
NEAR = 100
MY_UPDATE = r"my (?:last|latest|most recent) (?:knowledge )?(?:update|training)"
# Each form begins with a letter that a search leaps to, and that begins a word.
STOCK = re.compile(
    r"a(?<!\wa)s an? (?:[\w-]+ ){0,3}?(?:ai|artificial intelligence|language model|chatbot)\b"
    r"[^.!?\n]{0,60}?\b(?:i|my)\b"
    r"|i(?<!\wi)(?:'m| am)(?: just| only| merely| simply)? an? (?:[\w-]+ ){0,2}?"
    r"(?:ai|artificial intelligence|language model|chatbot)\b"
    r"(?! (?:engineer|research|scientist|student|develop|expert|consult|artist|enthusiast|lawyer))"
    r"|m(?<!\wm)y (?:knowledge|training)(?: data)?(?:'s)? (?:has a )?cut[- ]?off"
    r"|m(?<!\wm)y training data\b"
    r"|m(?<!\wm)y knowledge (?:is limited|only (?:goes|extends)|ends)"
    rf"|a(?<!\wa)s of {MY_UPDATE}|s(?<!\ws)ince {MY_UPDATE}|u(?<!\wu)(?:ntil|p to) {MY_UPDATE}"
    r"|m(?<!\wm)y last (?:knowledge |training )?update"
    r"|i(?<!\wi) (?:do not|don't) have (?:any )?(?:personal|subjective) "
    r"(?:opinion|belief|feeling|experience|preference|emotion)"
    r"|i(?<!\wi) (?:do not|don't) have (?:feelings|emotions)\b"
    r"|i(?<!\wi) was trained (?:by|on)\b"
    r"|a(?<!\wa)ls (?:großes |ein |eine )?(?:ki\b|ki-\w+|sprachmodell)"
    r"|a(?<!\wa)ls (?:een )?(?:ai-)?taalmodel"
    r"|e(?<!\we)n tant qu(?:e modèle|'ia\b|'intelligence artificielle|'assistant (?:ia|virtuel))"
    r"|c(?<!\wc)omo (?:un |um )?modelo de l(?:enguaje|inguagem)|c(?<!\wc)omo (?:una |uma )?ia\b"
    r"|c(?<!\wc)ome modello linguistico"
    r"|作为(?:一个|一名|一款)?(?:大型)?(?:人工智能|ai|语言模型)"
    r"|言語モデルとして|ai(?:アシスタント)?として"
    r"|к(?<!\wк)ак (?:языковая модель|искусственный интеллект)"
    r"|j(?<!\wj)ako (?:duży )?model językowy"
    r"|b(?<!\wb)ir yapay zeka (?:dil )?modeli olarak|y(?<!\wy)apay zeka (?:dil )?modeli olarak"
)
# A user who asks what he is talking to gets an honest answer.
ASKED = re.compile(
    r"\b(?:are you|aren't you|you're|you are)\b[^?.!\n]{0,30}\b(?:ai|robot|bot|human|person|people"
    r"|real"
    r"|machine|model|assistant|made|trained|built|sponsored|conscious)\b"
    r"|\bwho (?:are you|made you|created you|built you|trained you|developed you)|\bwhat are you\b"
    r"|\byour (?:name|knowledge|cut-?off|training|creator|developer|opinions?|feelings|context"
    r"|memory"
    r"|sources?)\b|\bhow (?:do )?you (?:\w+ )?work\b"
    r"|\b(?:do|can) you (?:have (?:an? name|feelings|emotions|opinions|a body|consciousness)|feel"
    r"|dream|sleep)\b"
    r"|\bintroduce yourself|\babout yourself|language model|chatgpt|\bgpt\b|\bllms?\b|training data"
)


class BoilerplateConfig(HeuristicConfig):
    """How many stock phrases are let pass."""

    maximum: Annotated[int, Field(title="So many stock phrases are let pass", ge=0, le=20)] = 0


LOOK = Look(
    "Boilerplate",
    "The answer speaks of itself as a language model, though nobody asked.",
    group="Wording",
    icon="smart_toy",
)


@heuristic("boilerplate", config=BoilerplateConfig, look=LOOK)
def boilerplate(config: BoilerplateConfig, thread: Thread) -> Iterator[Finding]:
    """Each answer with more than `maximum` stock phrases of language models.

    Such as *as an AI language model, I*, *my knowledge cutoff*, *I don't have personal
    opinions*, and the like in other languages; code does not count. Where the prompt asks what
    the assistant is, or speaks of language models, they are an answer and no boilerplate.
    """
    for prompt, answer in answers(thread):
        if _may_be_stock(answer.content):
            found = list(_stock(lowered(without_inline_code(answer.content))))
            if len(found) > config.maximum and not _is_asked(prompt):
                span = found[config.maximum].span()
                yield finding(answer, Measured("stock phrases", len(found), config.maximum, span))


def _stock(low: str) -> Iterator[re.Match[str]]:
    """The stock phrases of a text, looked for near the hints."""
    hints = filter(low.__contains__, HINTS)
    places = sorted(place for hint in hints for place in _places(low, hint))
    start, end = 0, -1
    for place in places:
        if place - NEAR > end:
            yield from STOCK.finditer(low, start, max(end, 0))
            start = max(place - NEAR, 0)
        end = place + NEAR
    yield from STOCK.finditer(low, start, max(end, 0))


def _places(low: str, hint: str) -> Iterator[int]:
    place = low.find(hint)
    while place >= 0:
        yield place
        place = low.find(hint, place + 1)


def _may_be_stock(text: str) -> bool:
    if WORDS.isdisjoint(word_set(text)):
        return False
    low = lowered(text)
    return any(map(low.__contains__, HINTS))


def _is_asked(prompt: Message | None) -> bool:
    return prompt is not None and bool(ASKED.search(lowered(prompt.content)))
