"""How one speaks who serves, and how one speaks who asks."""

import re

# What only one who serves says.
OF_ASSISTANT = re.compile(
    r"\bhow (?:can|may|could) (?:i|we) (?:help|assist|be of (?:help|service|assistance))"
    r"(?: to)? you\b(?! (?:to |with )?(?:my|your own))"
    r"|\bwhat can i (?:help you with|do for you|assist you with)\b"
    r"|\bas an? (?:ai|artificial intelligence|(?:large )?language model|virtual assistant)\b"
    r"(?: (?:language )?model| assistant| system)?,? i\b"
    r"|\bi(?:'m| am) (?:just )?an? (?:ai|artificial intelligence|(?:large )?language model"
    r"|virtual assistant|ai (?:assistant|language model))\b"
    r"|\bi(?:'d| would|'ll| will| am|'m) (?:be )?(?:more than )?(?:happy|glad|pleased|delighted)"
    r" to (?:help|assist|explain|answer|provide|clarify|walk you)\b(?! (?:out )?(?:my|our)\b)"
    r"|\bi(?:'m| am) here to (?:help|assist|answer)\b"
    r"|\bis there anything else (?:i|we) can (?:help|assist|do)\b"
    r"|\b(?:let me know|feel free to (?:ask|reach out|contact us|let me know))(?: at any time)? if"
    r" (?:you(?:'d like| would like| have| need| want)|there(?:'s| is))(?: to know)?"
    r" (?:any |anything |more |further |other |some |else |additional )*(?:questions?|help"
    r"|concerns?|assistance|information|clarification|i can|else)\b"
    r"|\b(?:don't|do not) hesitate to (?:ask|reach out|contact)\b"
    r"|\bi (?:hope|trust) (?:this|that) (?:helps|answers your question|clarifies)\b"
    r"|\bi(?:'m| am) sorry to hear (?:that|about your)\b.{0,80}\b(?:could|can|may) (?:you|i)\b"
    r"|\bi (?:would |'d )?(?:recommend|suggest|advise) (?:that )?you\b(?! to me)"
    r"|\b(?:could|can|may) (?:you|i) (?:please )?(?:provide|share|confirm|have|get|tell me)"
    r" (?:me )?(?:with )?your (?:full |correct )?(?:order|account|name|e-?mail|phone|booking"
    r"|invoice|reservation|customer|tracking|policy|details|address|zip|postcode|model)\b"
    r"|\bi (?:completely |fully )?understand your (?:concern|frustration|situation)"
    r"|\blet me (?:check|look into|look up|see|verify)\b[^.?!]{0,30}\bfor you\b"
    r"|\bthank you for (?:contacting|reaching out|choosing|your patience)\b"
    r"|^\W*(?:certainly|absolutely|of course|sure(?: thing)?|great question|good question)\b[!,.]*"
    r" (?:here (?:is|are|'s)|here's) (?!my\b|our\b)"
    r"|^\W*you(?:'re| are) welcome\b|^\W*(?:that's a |that is a )?(?:great|good|excellent)"
    r" question(?=[!.,]|$)"
    r"|\b(?:wie kann ich (?:ihnen|dir) (?:helfen|behilflich)|als ki(?:-sprachmodell)? (?:kann|habe)"
    r"|comment puis-je vous aider|en tant qu'(?:ia|intelligence artificielle)"
    r"|¿?en qué puedo ayudar(?:le|te)|como (?:una )?ia,? no)\b",
    re.I | re.S,
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
    r"|ask)\b|(?!.*\byour?\b)(?=.{0,160}\b(?:my|our)\b).{5,200}\?\s*$"
    r"|i(?:'m| am) (?:trying to|struggling with|having (?:trouble|problems|issues))\b"
    r"|(?:how (?:do|should|long should) i|where (?:can|do|should) i|what should i"
    r"|can i (?:use|eat|take|drink|buy|still|also|put|return|cancel))\b[^.?!]{3,120}\?\s*$"
    r"|(?:i(?:'m| am) (?:having|looking for)|my \w+(?: \w+)? (?:is|isn't|won't|doesn't|keeps|has"
    r" (?:stopped|been)|is not)) .{0,120}\b(?:help|what (?:should|can|do) i"
    r"|any (?:ideas|advice|tips))"
    r")",
    re.I | re.S,
)
# One of these is in every offer, in lower case.
OFFERING = (
    "help", "assist", " ai", "artificial", "language model", "happy to", "glad to", "pleased to",
    "delighted to", "anything else", "let me know", "feel free", "hesitate", "answers your",
    "clarifies", "sorry to hear", "do for you", "helfen", "behilflich", "als ki", "puis-je",
    "en tant", "puedo ayudar", "como ", "of service",
    "recommend", "suggest", "advise", "contacting", "reaching out", "choosing", "patience",
    "understand your", "for you", "provide", "share", "confirm", "have your", "get your",
    "tell me", "certainly", "absolutely", "of course", "sure", "question", "welcome",
)  # fmt: skip
QUOTED = re.compile(r"[\"“”«»]|^\s*>", re.M)


def offer_in(text: str) -> re.Match[str] | None:
    """Where `text` speaks as an assistant does, outside quotes; None where it does not.

    Example:
        >>> bool(offer_in("Hello! How can I help you today?")), offer_in("Can you help me?")
        (True, None)
    """
    lowered = text.lower()
    if not any(map(lowered.__contains__, OFFERING)):
        return None
    found = OF_ASSISTANT.search(text)
    is_quoted = found and QUOTED.search(text[max(0, found.start() - 80) : found.start()])
    return None if is_quoted else found
