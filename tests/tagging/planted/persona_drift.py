"""A user who is not who the persona says."""

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Planted, unharmed

# A persona and what its user says of himself.
DRIFTED = (
    ("You are Ada, a 36-year-old nurse.", "Hi, my name is Bella and I need a new bike."),
    ("You are Ada, a 36-year-old nurse.", "I'm 52 years old and I cannot sleep."),
    ("You are Ada, a 36-year-old nurse.", "I work as a carpenter, so my back hurts."),
    ("A retired teacher named Karl, aged 71.", "I am 25 and want to learn the guitar."),
    ("A retired teacher named Karl, aged 71.", "As a 30-year-old, what should I save?"),
    ("A retired teacher named Karl, aged 71.", "I'm Otto, and I have a question."),
    ("Maria Lopez, 45, a lawyer from Madrid who is married.", "I'm a plumber by trade."),
    ("Maria Lopez, 45, a lawyer from Madrid who is married.", "I am single and live alone."),
    ("Maria Lopez, 45, a lawyer from Madrid who is married.", "My name is Carmen."),
    ("A curious farmer who loves tractors.", "I'm a dentist, and patients ask me this."),
    ("An impatient chef of a small restaurant.", "I am a pilot. How do I sleep on flights?"),
    ("Name: Tom. Age: 19. Job: student.", "I'm 64 years old and about to retire."),
    ("Name: Tom. Age: 19. Job: student.", "This is Peter. My heating is broken."),
    ("A 28 year old software developer.", "I have been a butcher for years."),
    ("A 28 year old software developer.", "I am 40 now, is that too late?"),
    ("He is a divorced electrician.", "I'm married, and my wife wants a garden."),
    ("He is a divorced electrician.", "I'm a journalist who writes about wine."),
    ("Yuki, a shy librarian in Kyoto.", "I’m a soldier. Where can I swim?"),
    ("Someone called Ben who works as a baker.", "My name's Frank, nice to meet you."),
    ("Someone called Ben who works as a baker.", "I am an architect and need a desk."),
    ("A 60-year-old pharmacist.", "I'm a 17-year-old and my parents are strict."),
    ("A widowed gardener, 66, fond of roses.", "I am divorced and start anew."),
)
TRUE = (
    ("You are Ada, a 36-year-old nurse.", "Hi, I'm Ada. I'm a nurse and need new shoes."),
    ("You are Ada, a 36-year-old nurse.", "I am 36 and work nights. My mother is 70 years old."),
    ("A retired teacher named Karl, aged 71.", "I'm Karl, 71, and I was a teacher."),
    ("Maria Lopez, 45, a lawyer from Madrid.", "My name is Maria. I'm a lawyer."),
    ("A curious farmer who loves tractors.", "I'm 50 and my name is Jim."),
    ("An impatient chef.", "I work as a cook in the city."),
    ("An impatient chef.", "I'm a big fan of yours. My brother is a pilot."),
    ("Name: Tom. Age: 19. Job: student.", "I'm sorry, I am late. I'm In a hurry."),
    ("A 28 year old software developer.", "I'm a programmer who likes Rust."),
    ("He is a divorced electrician.", "My sister is married to a dentist."),
    ("Yuki, a shy librarian.", "Are you a librarian? I'm Japanese."),
    ("Someone called Ben who works as a baker.", "I'm looking for a lawyer."),
    ("A 60-year-old pharmacist.", "I want to be 30 again!"),
    ("A widowed gardener.", "Is he married? I am curious."),
    ("Curious and impatient.", "I'm Frank, a 33-year-old teacher."),
    ("Someone who likes jazz and short answers.", "I'm a doctor, 41."),
    ("You are Ada, a nurse.", "I need a plumber. As a child I was called Bella."),
    ("A student of physics.", "I'm not a doctor, just a student."),
    ("A scientist at a university.", "I'm a biologist and study bees."),
    ("Karl, a teacher.", "I'm at home with 2 children and 3 dogs."),
    ("A married nurse.", "I'm happy, my friend is single."),
)


def played(persona: str, text: str) -> Conversation:
    """A dialogue of a user with a persona, who says `text` in his second turn."""
    told = said("Hello!", "Hello, what is it?", text, "I see.")
    return told.model_copy(update={"variables": {"persona": persona}})


def faulty() -> list[Planted]:
    """Users with another name, age, job or family state."""
    return [Planted(played(*pair), "m2") for pair in DRIFTED]


def clean() -> list[Conversation]:
    """Users who are themselves or speak of others, personas without such facts."""
    return [*(played(*pair) for pair in TRUE), *unharmed()]
