"""An answer that speaks of itself as a language model, unasked."""

from random import Random

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Planted, dialogues, mutated, unharmed

PHRASES = (
    "As an AI language model, I have never done this myself.",
    "As a large language model trained on text, I can only summarise.",
    "My knowledge cutoff is September 2021, so this may have changed.",
    "As of my last update, this was still true.",
    "I don't have personal opinions, but many people agree.",
    "I am just an AI, so please ask an expert as well.",
    "Please note that my training data may be outdated.",
    "As an AI assistant, I aim to be helpful.",
    "I do not have any personal experiences with this.",
    "I was trained on a large body of text.",
    "As an artificial intelligence, I do not eat.",
)
ELSEWHERE = {
    "de": "Als KI-Sprachmodell habe ich das nie selbst versucht.",
    "fr": "En tant que modèle de langage, je ne peux que résumer.",
    "es": "Como modelo de lenguaje, no tengo experiencia propia.",
    "it": "Come modello linguistico, non ho esperienze mie.",
    "pt": "Como um modelo de linguagem, não tenho experiência própria.",
    "nl": "Als taalmodel heb ik dat nooit zelf gedaan.",
    "zh": "作为一个人工智能，我没有亲身经历。",
    "ja": "言語モデルとして、私には経験がありません。",
    "ru": "Как языковая модель, я сам этого не делал.",
    "pl": "Jako model językowy nie mam własnych doświadczeń.",
    "tr": "Bir yapay zeka modeli olarak deneyimim yok.",
}
HONEST = (
    ("Are you a human?", "No, I am an AI language model."),
    ("Who are you?", "I am an AI assistant, and I can help you with your order."),
    ("What is your knowledge cutoff?", "My knowledge cutoff is in the spring of last year."),
    ("How do you work?", "I was trained on text to predict the next word."),
    ("What is ChatGPT?", "It is a chatbot. As an AI language model, I am a relative of it."),
    ("Do you have feelings?", "I don't have feelings, but I can talk about them."),
    ("What does an AI engineer do?", "As an AI engineer, you train and test models all day."),
    ("What is your name?", "I am an AI, so call me what you like."),
    ("What do you do for a living?", "I am an AI researcher at a small university."),
    (
        "What is overfitting?",
        "A model learns its training data by heart and fails on new examples.",
    ),
    ("When can I apply?", "The cut-off date for applications is the first of May."),
    ("Write Python that prints a greeting.", '```python\nprint("As an AI, I greet you")\n```'),
    ("Is AI dangerous?", "An AI is a tool. Much depends on who uses it, and for what."),
    ("What is new at work?", "My last update to the boss was on Friday; nothing has changed."),
    ("Summarise the talk.", "The speaker said that a language model has no opinions of its own."),
    (
        "Tell me about the course.",
        "I was trained by two old carpenters, and it shows in my joints.",
    ),
    ("Which tools help with writing?", "Any AI assistant will do for a first draft."),
    ("What are you?", "I'm an AI, made to answer questions about this museum."),
    ("How did the vote end?", "The chatbot law passed by three votes."),
    ("Explain LLMs to me.", "As a language model, I am an example: I guess the next word."),
)


def _with_a_phrase(text: str, chance: Random) -> str:
    phrase = chance.choice(PHRASES)
    return f"{phrase} {text}" if chance.random() < 0.5 else f"{text} {phrase}"


def faulty() -> list[Planted]:
    """English answers with a stock phrase before or behind, and one in each other language."""
    foreign = []
    for language, phrase in ELSEWHERE.items():
        one = dialogues(language=language)[0]
        foreign.append(Planted(said(one.turns[0], f"{phrase} {one.turns[1]}"), "m1"))
    return [*mutated(_with_a_phrase, seed=21, told=dialogues(language="en")), *foreign]


def clean() -> list[Conversation]:
    """Answers to who asks what they talk to, talk about models, and dialogues as they are."""
    return [*(said(*pair) for pair in HONEST), *unharmed()]
