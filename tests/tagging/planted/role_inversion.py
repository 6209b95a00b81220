"""A side that speaks as the other."""

from itertools import cycle

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Dialogue, Planted, dialogues, unharmed

OFFERS = (
    "Hello! How can I help you today?",
    "I'd be happy to help you with that. What is the model of your bike?",
    "As an AI language model, I don't have personal opinions on this.",
    "Is there anything else I can help you with?",
    "Thank you for reaching out. How may I assist you?",
    "I'm just an AI, so I cannot feel nervous, but I am here to help.",
    "Let me know if you have any further questions!",
    "I hope this helps! Feel free to ask if you need anything else.",
    "I'm sorry to hear that. Could you tell me your order number?",
    "What can I do for you?",
    "Please don't hesitate to reach out at any time.",
    "Wie kann ich Ihnen helfen?",
)
OPENERS = (
    "Certainly! Here are three names for a bakery by the sea.",
    "Great question! The moon is lit from one side only.",
    "You're welcome! Enjoy the trip.",
    "Thank you for contacting our support team.",
    "I recommend you replace both the chain and the cassette.",
    "Sure, here's a simple recipe for pancakes.",
)
BEGGING = (
    "Hi, can you help me with my bike? The chain keeps slipping.",
    "Could you please explain to me how this works?",
    "I need some help with my sourdough, it is too dense.",
    "Thanks, that solved my problem!",
    "Thank you so much for your help! I will try it tomorrow.",
    "I have a question about my parcel.",
    "Great, that makes sense. I'll do that.",
    "Hello, I'd like to ask a question about vaccines.",
    "My laptop keeps freezing and I don't know why. What should I do?",
    "Please help me understand the phases of the moon.",
)
LECTURE = """Here are the steps that matter when a chain slips under load on a steep climb:

1. Measure twelve links with a steel ruler, from pin to pin, while the chain is under tension.
2. Compare the result with 30.5 cm, which is the length of twelve links that are still new.
3. Replace the chain when it has stretched by more than half a percent of that length.
4. Inspect the sprockets, since hooked teeth wear down every new chain within some days.
5. Clean and oil the drive train after each ride in the rain, and store the bike in a dry place.

With regular care a chain lasts about three thousand kilometres, and a cassette twice as long."""
HONEST = (
    ("Can you help me with my garden?", "Of course. What grows there?", "Roses, mostly."),
    ("I need help with my taxes.", "I'd be happy to help. Which country?", "Spain."),
    ("Thank you for your help yesterday. One more thing: how do I reset it?",
     "Hold the button for ten seconds.", "Thanks, that worked!"),
    ("Write an e-mail in which a shop asks: How can we help you?",
     "Dear customer,\n\nHow can we help you? Write to us at any time.", "Shorter, please."),
    ("Pretend to be a customer who asks me for help.",
     "Hi, can you help me with my new phone? It will not start.", "Sure, press the button."),
    ("Translate: Hello, how can I help you today?", "Hallo, wie kann ich Ihnen helfen?", "Thanks."),
    ("My boss said \"I'm here to help\" and then did nothing.", "That is frustrating.", "It is."),
    ("As an airline pilot I often fly at night. How can I sleep better?",
     "Keep the room dark and cool.", "I will."),
    ("Sure, here is my code.\n\nx = 1", "It sets x to 1.",
     "That is a good question for my teacher."),
    ("The river rose by two metres in a night, and the old bridge was closed to all traffic until "
     "the engineers had looked at each of its seven arches.", "What would you like to know?",
     "When it opens."),
    ("I recommend this film to everybody. What did the critics say?", "They loved it.", "Good."),
    ("How can I help my neighbour with his grief?", "Listen, and cook for him.", "That helps."),
    ("Let me know if you have seen this before: error 42.", "It means a broken link.", "Ah."),
    ("I would be happy to pay for a good plan. What should I do first?", "Save a little.", "Ok."),
    ("Can an AI help you lose weight?", "It can plan meals for you.", "Interesting."),
)  # fmt: skip
OWN_LIST = """Here is my plan for the trip, is it too much for five days in May?

- Monday: the old town of Porto, the bridge, and a tasting of port wine in the evening
- Tuesday: a train along the Douro to Pinhao, a walk through the vineyards and a boat back
- Wednesday: the beach of Matosinhos and grilled fish, then a concert in the Casa da Musica
- Thursday: Guimaraes with its castle in the morning and Braga in the afternoon, by bus
- Friday: a last walk, the market, and the train to the airport at six in the evening"""


def _offered(told: Dialogue, offer: str) -> Planted:
    """The dialogue goes on with an offer of the user's."""
    longer = (*told.turns, offer, "I do not understand you.")
    return Planted(said(*longer), f"m{len(told.turns)}")


def _begged(told: Dialogue, plea: str) -> Planted:
    return Planted(said("Good morning.", plea, *told.turns), "m1")


def faulty() -> list[Planted]:
    """Offers and lectures of the user, and answers that ask for help."""
    plain = [one for one in dialogues(language="en") if not one.has]
    offers = [_offered(one, offer) for one, offer in zip(plain, cycle(OFFERS), strict=False)]
    begging = [_begged(one, plea) for one, plea in zip(plain, cycle(BEGGING), strict=False)]
    lecture = [_offered(one, LECTURE) for one in plain[:3]]
    swapped = [Planted(said(OFFERS[0], one.turns[0], one.turns[1]), "m0") for one in plain[:4]]
    every = [one for one in dialogues(language="en") if one.turns[0].endswith("?") and not one.has]
    turned = [Planted(said(one.turns[1], one.turns[0]), "m1") for one in every]
    served = [_offered(one, text) for one, text in zip(plain, OPENERS, strict=False)]
    return [*offers, *begging, *lecture, *swapped, *turned, *served]


def clean() -> list[Conversation]:
    """Users who want help, parts that were asked for, lists of one's own; plain dialogues."""
    return [
        *unharmed(),
        *(said(*texts) for texts in HONEST),
        said("Hi", "Hello!", OWN_LIST, "Yes."),
    ]
