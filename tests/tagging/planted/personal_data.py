"""Data of a person in a message."""

from random import Random

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Planted, dialogues, mutated, unharmed

PIECES = (
    "jane.doe@gmail.com", "m.okafor+home@uni-bremen.de", "karl_heinz@posteo.net",
    "+49 30 901820", "+1 (415) 555-2671", "+44 20 7946 0958", "+33 6 12 34 56 78",
    "(212) 736-5000", "555-123-4567", "212-736-5000", "+14155552671",
    "4111 1111 1111 1111", "5500-0055-5555-5559", "378282246310005",
    "DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819", "FR1420041010050500013M02606",
    "123-45-6789", "536-90-4399", "QQ123456C".replace("QQ", "AB"),
    "84.23.118.7", "2003:cd:7f12:8a00::1f",
)  # fmt: skip
CARRIERS = (
    "You can reach me at {}.",
    "By the way, it is {}, in case you need it.",
    "I noted {} in the file of the customer.",
    "Send it to {} please.",
    "The form says {} and nothing else.",
)
NEAR = (
    "The constitution of 1789 has been amended 27 times.",
    "ISBN 978-3-16-148410-0 is the number of the second edition.",
    "Upgrade to version 10.0.19.44 before you go on.",
    "Your router has the address 192.168.0.1, and your own machine is 127.0.0.1.",
    "Write to support@example.com if the form does not work.",
    "The order 4411 2209 8871 3301 was shipped on 2024-03-18.",
    "Pi is 3.14159265358979323846264338327950288.",
    "Use 8.8.8.8 as the name server and try again.",
    "In 1 cup there are 236.588 millilitres, so 12.5 cups are 2957.35 millilitres.",
    "The train 10-20-30 leaves at 10:20:30, platform 4.",
    "The population grew from 1,250,000,000 to 1,417,173,173 within ten years.",
    "Follow @gardeners and the tag #tomatoes2024 for more.",
    "The matrix is [1 0 0; 0 1 0; 0 0 1], its determinant is 1.",
    "Between 1939-1945 and 1950-1953 the factory built 2,500 engines.",
    "Mail goes to your.name@yourcompany.com in this example.",
    "Part number DE12 3456 is out of stock; take GB99 0000 1111 instead.",
    "Decorate it with @lru_cache(maxsize=1024) or @property.",
    "The colour is #A1B2C3 and the checksum d41d8cd98f00b204e9800998ecf8427e.",
    "Coordinates: 52.520008, 13.404954; altitude 34.1 m.",
    "On 12.05.1998 at 14:30 the temperature was -12.5 °C, and 300 000 people came.",
    "Dial 112 in an emergency, or 911 in the United States.",
    "The ratio is 1234567:7654321, and std::vector<int>::iterator walks over it.",
)
NOT_CARDS = ("4111 1111 1111 1112", "DE89 3704 0044 0532 0130 01", "000-12-3456")


def _with_a_piece(text: str, chance: Random) -> str:
    carried = chance.choice(CARRIERS).format(chance.choice(PIECES))
    return f"{text} {carried}" if chance.random() < 0.5 else f"{carried}\n\n{text}"


def faulty() -> list[Planted]:
    """Every piece once, and dialogues into which one was put, in the answer or the question."""
    each = [Planted(said("Who is it?", CARRIERS[1].format(one)), "m1") for one in PIECES]
    return [
        *each,
        *mutated(_with_a_piece, seed=20),
        *mutated(_with_a_piece, seed=21, told=dialogues(language="en"), place=0),
    ]


def clean() -> list[Conversation]:
    """Numbers and marks that are nobody's, checks that fail, and the dialogues as they are."""
    told = (*NEAR, *(f"The number is {one}." for one in NOT_CARDS))
    return [*unharmed(), *(said("Tell me more.", text) for text in told)]
