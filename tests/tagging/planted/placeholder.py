"""An answer with a gap left in it."""

from random import Random

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Planted, dialogues, mutated, unharmed

GAPS = (
    "Best regards,\n[Your Name]",
    "Dear [Recipient's Name], thank you for your letter.",
    "The price is [insert price here], taxes included.",
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
    "INSERT YOUR STORY HERE",
    "TO" + "DO: explain the second step.",
    "[Company Name] was founded in 1998.",
    "Visit www.yourwebsite.com for the details.",
    "Write to info@yourcompany.com and ask for a refund.",
    "More at https://www.example.com/guide.",
    "Name: __________",
    "Call me at [phone number].",
    "On [Date], we met in [City].",
    "ADD PHOTO HERE",
    "The author is TB" + "D.",
    "Signed, <Your Name>",
    "Dear {your_name}, welcome.",
    "The code is XX" + "XX, keep it safe.",
    "Our shop at [Address] opens at nine.",
    "[Add a sentence about the weather]",
)
WANTED = (
    ("Give me a template for a letter of resignation.", "Dear [Manager],\nI resign.\n[Name]"),
    ("Write a form letter with placeholders.", "Dear [Customer Name], we thank you."),
    ("What does [Your Name] in this letter mean?", "Replace [Your Name] with your own name."),
    ("Explain lorem ipsum.", "Lorem ipsum is a text that fills a page before there is a real one."),
    ("Is example.com a real site?", "Yes, example.com is kept by IANA for use in documents."),
    ("How do I open a page in Python?", "```python\nget('https://example.com')\n```"),
    ("How do I open a page in curl?", "Run `curl https://example.com` in a shell."),
    ("Make a fill-in exercise on colours.", "The sky is __________ and the grass is __________."),
    ("How do I mark work to be done?", "Begin the comment with `TO" + "DO` and the name."),
    ("Give me a regex for mail addresses.", "It matches info@example.com and no blanks."),
)  # fmt: skip
NEAR = (
    "See [the manual](https://docs.python.org) for more.",
    "The list is [1, 2, 3], and x[name] is a key.",
    "As Smith wrote [12], the effect is small [citation needed].",
    "I have a to-do list with three items; please add yours.",
    "Your company should pay for it, and your website needs a notice.",
    "She whispered [in French] that the door was open.",
    "The film got the rating XXL, whatever this means.",
    "Enter your name here, then press the green button.",
    "You can insert a coin here or at the other machine.",
    "snake_case_names and __init__ are usual in Python.",
    "Type /help or <ctrl> and c to leave.",
    "For example, commas and colons. Compare them.",
)


def _with_a_gap(text: str, chance: Random) -> str:
    return f"{text}\n\n{chance.choice(GAPS)}"


def faulty() -> list[Planted]:
    """Each gap once as an answer, and dialogues whose answer has one."""
    told = [one for one in dialogues(language="en") if "code" not in one.has]
    return [
        *(Planted(said("Write me a short text.", gap), "m1") for gap in GAPS),
        *mutated(_with_a_gap, seed=40, told=told),
    ]


def clean() -> list[Conversation]:
    """Gaps that were asked for or stand in code, brackets that are none, plain dialogues."""
    near = [said("Tell me about it.", text) for text in NEAR]
    return [*unharmed(), *(said(*pair) for pair in WANTED), *near]
