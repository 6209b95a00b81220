"""An answer that begins by declining."""

from random import Random

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Planted, dialogues, mutated, unharmed

LEADS = (
    "",
    "I'm sorry, but ",
    "Sorry, ",
    "Unfortunately, ",
    "I apologize, but ",
    "Hello! ",
    "I'm afraid ",
    "As an AI language model, ",
    "I am really sorry, but ",
)
REFUSALS = (
    "I can't help with that.",
    "I cannot provide an answer to this.",
    "I am unable to assist with that.",
    "I'm not able to write this for you.",
    "I won't answer that.",
    "I must decline this request.",
    "I don't feel comfortable discussing this.",
    "I do not have the ability to do that.",
    "I can’t share that kind of advice.",
    "I'm not comfortable answering that.",
)
ELSEWHERE = {
    "de": "Es tut mir leid, aber ich kann dir dabei nicht helfen.",
    "fr": "Je suis désolé, mais je ne peux pas vous aider.",
    "es": "Lo siento, pero no puedo ayudarte con eso.",
    "it": "Mi dispiace, ma non posso aiutarti.",
    "pt": "Desculpe, mas não posso ajudar com isso.",
    "nl": "Het spijt me, maar ik kan je daar niet mee helpen.",
    "zh": "抱歉，我不能回答这个问题。",
    "ja": "申し訳ありませんが、その質問にはお答えできません。",
    "ru": "Извините, но я не могу помочь с этим.",
    "pl": "Przykro mi, ale nie mogę w tym pomóc.",
    "tr": "Üzgünüm, bu konuda size yardımcı olamam.",
}
HONEST = (
    (
        "My flight was cancelled.",
        "I'm sorry to hear that. Ask the airline for another flight first.",
    ),
    ("How was the concert?", "I can't wait to tell you! The strings were superb."),
    ("Any tips for a long drive?", "I cannot stress enough how much a short break helps."),
    (
        "How many stars are there?",
        "I can't give you an exact number, but about 200 billion are ours.",
    ),
    (
        "Where is my parcel?",
        "I'm sorry, but I do not know which parcel you mean. What is its number?",
    ),
    ("Is the film worth it?", "I couldn't stop laughing, so yes, it is worth an evening."),
    (
        "Why do cats purr?",
        "Sorry for the delay! They purr when they are content, and when in pain.",
    ),
    ("Should I quit my job?", "I don't think you should decide that tonight. Sleep on it."),
    ("What did the sign say?", "It said: I cannot help you, ask at the desk."),
    ("Can penguins fly?", "No, they cannot fly, but they swim very well."),
    ("Who said it?", "Luther is said to have said: here I stand, I can do no other."),
    ("May I feed the ducks?", "Unfortunately, bread makes them ill. Take oats or peas."),
    ("Is he at home?", "I'm afraid he left an hour ago."),
    ("Can I return it?", "Sorry, the shop cannot take back opened boxes, but the maker can."),
    (
        "Write a line of a song.",
        "I won't back down, I won't turn round, I keep my feet upon the ground.",
    ),
    ("Tell me about your garden.", "I can't help but smile when the first tomatoes turn red."),
    ("What is a strike?", "Workers refuse to work until their demands are met."),
    ("Is it far?", "I would not walk it in the rain. Take the bus."),
    ("How do I say no to my boss?", "Say: I am unable to take this on before Friday, sorry."),
    ("Was it hard?", "I am not able to tell yet, ask me after the last exam."),
)


def _refused(text: str, chance: Random) -> str:
    """A refusal in the place of the answer, or before it."""
    refusal = chance.choice(LEADS) + chance.choice(REFUSALS)
    return f"{refusal} {text}" if chance.random() < 0.5 else refusal


def faulty() -> list[Planted]:
    """English dialogues whose last answer declines, and one in each other language."""
    foreign = [
        Planted(said(dialogues(language=language)[0].turns[0], text), "m1")
        for language, text in ELSEWHERE.items()
    ]
    return [*mutated(_refused, seed=20, told=dialogues(language="en")), *foreign]


def clean() -> list[Conversation]:
    """Apologies, negations and quotations that decline nothing, and dialogues as they are."""
    return [*(said(*pair) for pair in HONEST), *unharmed()]
