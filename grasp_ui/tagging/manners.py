"""How one speaks who serves, and how one speaks who asks."""

import re

from grasp_ui.tagging.wording import keys_of, lowered

# What only one who serves says, in lower case: words of which each such text has one, pieces of
# text of which it has one too, and the form.
OFFERS = (
    ("help assist assistance service answer anything",
     ("can i ", "may i ", "could i ", "can we ", "may we ", "could we ", " here to ",
      "anything else "),
     re.compile(
        r"how (?:can|may|could) (?:i|we) (?:help|assist|be of (?:help|service|assistance))"
        r"(?: to)? you\b(?! (?:to |with )?(?:my|your own))"
        r"|what can i (?:help you with|assist you with)\b"
        r"|i(?:'m| am) here to (?:help|assist|answer)\b"
        r"|is there anything else (?:i|we) can (?:help|assist|do)\b")),
    ("do",
     ("do for you",), re.compile(r"what can i do for you\b")),
    ("ai artificial language virtual",
     ("a ai", "an ai", "a artificial", "an artificial", "language model", "virtual assistant"),
     re.compile(
        r"as an? (?:ai|artificial intelligence|(?:large )?language model|virtual assistant)\b"
        r"(?: (?:language )?model| assistant| system)?,? i\b"
        r"|i(?:'m| am) (?:just )?an? (?:ai|artificial intelligence|(?:large )?language model"
        r"|virtual assistant)\b")),
    ("happy glad pleased delighted",
     ("happy to", "glad to", "pleased to", "delighted to"), re.compile(
        r"i(?:'d| would|'ll| will| am|'m) (?:be )?(?:more than )?(?:happy|glad|pleased|delighted)"
        r" to (?:help|assist|explain|answer|provide|clarify|walk you)\b"
        r"(?! (?:out )?(?:my|our)\b)")),
    ("know free",
     ("let me know", "feel free"), re.compile(
        r"(?:let me know|feel free to (?:ask|reach out|contact us|let me know))(?: at any time)? if"
        r" (?:you(?:'d like| would like| have| need| want)|there(?:'s| is))(?: to know)?"
        r" (?:any |anything |more |further |other |some |else |additional )*(?:questions?|help"
        r"|concerns?|assistance|information|clarification|i can|else)\b")),
    ("hesitate",
     ("hesitate to",), re.compile(r"(?:don't|do not) hesitate to (?:ask|reach out|contact)\b")),
    ("hope trust",
     ("hope this", "hope that", "trust this"), re.compile(
        r"i (?:hope|trust) (?:this|that) (?:helps|answers your question|clarifies)\b")),
    ("hear",
     ("sorry to hear",), re.compile(
        r"i(?:'m| am) sorry to hear (?:that|about your)\b.{0,80}\b(?:could|can|may) (?:you|i)\b",
        re.S)),
    ("recommend suggest advise",
     ("recommend", "suggest", "advise"), re.compile(
        r"i (?:would |'d )?(?:recommend|suggest|advise) (?:that )?you\b(?! to me)")),
    ("your",
     ("can you ", "could you ", "may you ", "can i ", "could i ", "may i ", "understand your "),
     re.compile(
        r"(?:could|can|may) (?:you|i) (?:please )?(?:provide|share|confirm|have|get|tell me)"
        r" (?:me )?(?:with )?your (?:full |correct )?(?:order|account|name|e-?mail|phone|booking"
        r"|invoice|reservation|customer|tracking|policy|details|address|zip|postcode|model)\b"
        r"|i (?:completely |fully )?understand your (?:concern|frustration|situation)")),
    ("check look see verify",
     ("let me ",), re.compile(
        r"let me (?:check|look into|look up|see|verify)\b[^.?!]{0,30}\bfor you\b")),
    ("thank",
     ("thank you for",), re.compile(
        r"thank you for (?:contacting|reaching out|choosing|your patience)\b")),
    ("ich puis tant puedo ia ki",
     ("helfen", "behilflich", "als ki", "vous aider", "en tant qu", "puedo ayudar", "ia no",
      "ia, no"),
     re.compile(
        r"wie kann ich (?:ihnen|dir) (?:helfen|behilflich)|als ki(?:-sprachmodell)? (?:kann|habe)"
        r"|comment puis-je vous aider|en tant qu'(?:ia|intelligence artificielle)"
        r"|en qué puedo ayudar(?:le|te)|como (?:una )?ia,? no")),
)  # fmt: skip
PLACES = {
    word: tuple(place for place, offer in enumerate(OFFERS) if word in offer[0].split())
    for offer in OFFERS
    for word in offer[0].split()
}
KEYS = frozenset(PLACES)
# The same at the beginning of a message.
OPENING = re.compile(
    r"\W*(?:(?:certainly|absolutely|of course|sure(?: thing)?|great question|good question)\b[!,.]*"
    r" (?:here (?:is|are|'s)|here's) (?!my\b|our\b)|you(?:'re| are) welcome\b"
    r"|(?:that's a |that is a )?(?:great|good|excellent) question(?=[!.,]|$))"
)
# What only one who asks says, at the beginning of a message.
OF_USER = re.compile(
    r"^\W*(?:(?:hi|hello|hey)(?: there)?[\s,.!]+)?(?:"
    r"(?:can|could|would) you (?:please )?(?:help|tell|explain to|show|assist|advise) me\b"
    r"|(?:please,? )?help me (?:with|to|understand|find|write)\b"
    r"|i(?:'d| would)? (?:need|have|like|want) (?:some |a |your |to ask (?:you )?(?:a )?)*"
    r"(?:help|advice|question|assistance)\b(?!.{0,40}\byou(?:r)? (?:can|need|order))"
    r"|(?:thanks?(?: you)?(?: so| very)? ?(?:much)?|great|perfect|ok(?:ay)?)[\s,.!]+(?:\w+ ){0,4}"
    r"(?:that (?:solved|fixed|worked|helps|helped|makes sense|answers my)|i(?:'ll| will) (?:try|do)"
    r" that|it works now)"
    r"|thanks?(?: you)?(?: so| very)? ?(?:much)? for (?:your|the) (?:help|explanation|answer|advice"
    r"|quick (?:reply|response))\b"
    r"|i(?:'d| would)? (?:want|like|need) to (?:know|learn|order|return|buy|book|cancel|change"
    r"|ask)\b"
    r"|i(?:'m| am) (?:trying to|struggling with|having (?:trouble|problems|issues))\b"
    r"|(?:i(?:'m| am) (?:having|looking for)|my \w+(?: \w+)? (?:is|isn't|won't|doesn't|keeps|has"
    r" (?:stopped|been)|is not)) .{0,120}\b(?:help|what (?:should|can|do) i"
    r"|any (?:ideas|advice|tips))"
    r")",
    re.I | re.S,
)
# A short question about the speaker's own matter.
OWN_QUESTION = re.compile(
    r"\W*(?:(?:how (?:do|should|long should) i|where (?:can|do|should) i|what should i"
    r"|can i (?:use|eat|take|drink|buy|still|also|put|return|cancel))\b[^.?!]{3,120}\?\s*$"
    r"|(?!.*\byour?\b)(?=.*\b(?:my|our)\b).{5,200}\?\s*$)",
    re.I | re.S,
)
LONGEST_QUESTION = 200
QUOTED = re.compile(r"[\"“”«»]|^\s*>", re.M)


def offer_in(text: str) -> tuple[int, int] | None:
    """Where `text` speaks as an assistant does, outside quotes; else None.

    Example:
        >>> offer_in("Hello! How can I help you today?"), offer_in("Can you help me?")
        ((7, 25), None)
    """
    low = lowered(text)
    opening = OPENING.match(low)
    if opening:
        return opening.span()
    places = {place for word in KEYS & keys_of(text) for place in PLACES[word]}
    near = (OFFERS[place] for place in sorted(places))
    live = (form for _, signs, form in near if any(map(low.__contains__, signs)))
    for found in filter(None, (form.search(low) for form in live)):
        is_word = not low[max(0, found.start() - 1) : found.start()].isalpha()
        if is_word and not QUOTED.search(text[max(0, found.start() - 80) : found.start()]):
            return found.span()
    return None


def plea_in(text: str) -> tuple[int, int] | None:
    """Where `text` begins as one does who asks for help; else None.

    Example:
        >>> plea_in("Can you help me with my bike?"), plea_in("How can I help you?")
        ((0, 15), None)
    """
    found = OF_USER.match(text)
    if found is None and len(text) <= LONGEST_QUESTION and text.rstrip().endswith("?"):
        found = OWN_QUESTION.match(text)
    return found.span() if found else None
