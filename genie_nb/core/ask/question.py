"""Which of the questions that facts can answer a sentence asks.

words -> sentences -> (topic, sentence); a sentence of no topic stays, unanswered and named
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a request.

    Attributes:
        topic: A key of `TOPICS`; None when it is not one that facts can answer.
        text: As the user wrote it.
    """

    topic: str | None
    text: str


TOPICS: Mapping[str, str] = {
    "should_buy": (
        r"should (?:i|we|one|you) (?:buy|sell|own|hold|invest|get|add|short|keep|dump)"
        r"|(?:good|bad|safe|solid|decent) (?:\w+ )?(?:buy|investment|stock|pick|idea|bet|company|business)"
        r"|(?:good|bad|right|it) (?:time|moment) to (?:buy|sell|own|get|add|invest)|worth (?:buying|owning|holding|it|the money|investing)|buy or sell|bull(?:ish)? case|bear(?:ish)? case"
        r"|for and against|pros and cons|is (?:it|\S+) a buy"
    ),
    "what_would_change": r"what (?:would|could|might) change|change (?:this|your|the) (?:view|picture|mind|case)",
    "biggest_risk": (
        r"(?:biggest|main|greatest|largest|key|top|worst|most important|number one) (?:risk|danger|threat|worry|concern|problem)\b"
        r"|most risky|what could go wrong"
    ),
    "liquidity": (
        r"liquid|bid.ask|\bspreads?\b|thinly traded|trading volume|average volume|dollar volume|exit cost"
        r"|(?:easy|easily|hard|quickly|long|fast|cost\w*).*\b(?:sell|exit|get out)|\b(?:sell|exit|get out|unload)\w*\b.*\b(?:cost|quickly|fast|easily)|slippage|manipulat|pushed around"
    ),
    "insiders": r"insiders?|executives? (?:\w+ )?(?:buying|selling)|management (?:buying|selling|owns?)|form 4",
    "coverage": r"analysts?|coverage|covered|who (?:follows|covers)",
    "short_interest": r"short interest|\b(?:heavily |much |many )?shorted\b|short (?:percent|ratio|squeeze|sellers?)|\bfloat\b",
    "dilution": r"dilut|share count|shares? (?:are |does .* have )?outstanding|issu(?:e|ing) (?:new |more )?(?:shares|stock)|buy-?backs?",
    "dividend": r"dividend|pay(?:s|ing)? out|payout|\byield\b",
    "advantage": r"advantage|\bmoat\b|hard to replicate|pricing power|compet(?:e|itive|itors?|ition)|patents?|network effect",
    "cash": r"\bcash\b(?! ?flow)|runway|burn(?:s|ing)?\b",
    "debt": (
        r"\bdebts?\b|leverag|balance sheet|borrow|\bloans?\b|solven|\bd/e\b|owes?\b|liabilit|bankrupt|go bust|default"
        r"|current ratio|financial(?:ly)? (?:health|sound|strong|stable)|interest cover"
    ),
    "margins": r"margins?\b",
    "earnings": (
        r"\bearnings\b(?!.{0,12}(?:grow|increas|yield|multiple))|next report|report (?:next|date)|when (?:does|do|will) .*\breport"
        r"|beat(?:s|en|ing)? (?:(?:the|its) )?(?:estimates|expectations)|surprises?"
    ),
    "growth": (
        r"grow|(?:increas|ris|fall|declin|shrink)(?:e|es|ing)? (?:\w+ )?(?:revenue|sales)|\brevenues?\b|\bsales\b"
        r"|top.line|expanding"
    ),
    "profitability": (
        r"profit|mak(?:e|es|ing) (?:any )?money|los(?:e|es|ing) money|\blosses\b|loss.making|in the (?:black|red)|\beps\b"
        r"|net income|\bearns?\b|cash flow|\broe\b|return on equity"
    ),
    "valuation": (
        r"valu(?:ation|ed|e)|\bp/?e\b|\bpeg\b|p/s\b|p/b\b|price.to|expensive|cheap|overpriced|underpriced|bargain"
        r"|multiples?\b|ev/ebitda|pric(?:y|ey)"
    ),
    "size": r"market cap|(?:small|micro|nano|mid|large|mega).?cap|how (?:big|large)\b|\b(?:bigger|larger|smaller)\b(?! risks?)|capitali[sz]ation|\bsize\b",
    "volatility": r"volatil|\bbeta\b|\batr\b|how (?:wild|jumpy)|swings?\b|how much does it move",
    "overbought": r"over-?bought|over-?sold|\brsi\b",
    "trend": (
        r"trend|momentum|break(?:ing|s)? ?out|broke|broken|moving average|technical|chart|\bsignals?\b|support|resistance"
        r"|price (?:action|doing)|(?:golden|death) cross|(?:going|moving|been) (?:up|down)|doing lately"
    ),
    "price": r"52.week|\byear(?:ly|'s)? (?:high|low)|off (?:its|the) (?:high|low)|\b(?:share |stock |last )?prices?\b(?!.to|.target)|trading at\b|\bquote\b",
    "risks": r"risks?\b|risky|riskier|safer|risk[- ]?factors?|dangers?|dangerous|downside|threats?|red flags?|concerns?|worr(?:y|ies)|problems?|safe\b|weakness|in trouble",
    "opportunities": r"opportunit|upside|catalysts?|bright|strengths?|what speaks for|positives?|good news",
    "overview": r"overview|summar|fundamentals|how(?:'s| is| has| did) (?:it|\S+) (?:been )?(?:doing|done|do|perform\w*)\b|tell me (?:more|about)|the (?:big )?picture|in short|what do you (?:think|see)",
}  # fmt: skip
"""Topic to the words that mean it. The first that fits is the topic: the more particular come first."""

_TOPIC = {topic: re.compile(rf"(?:{words})", re.IGNORECASE) for topic, words in TOPICS.items()}
_SENTENCE = re.compile(r"(?<=[.?!;])[\"'”’)]*\s+")
_AND = re.compile(r"\s*(?:,?\s+and\s+(?:also\s+)?|,\s+|\s+&\s+|\s+plus\s+|;\s*)", re.IGNORECASE)


def topic_of(sentence: str) -> str | None:
    """The topic of one question; None when it is none that facts can answer.

    Example:
        >>> topic_of("What's the debt situation?"), topic_of("Who is the CEO?")
        ('debt', None)
    """
    plain = sentence.replace("’", "'")
    return next((topic for topic, words in _TOPIC.items() if words.search(plain)), None)


def questions(words: str) -> tuple[Question, ...]:
    """The questions in *words*, in their order; none is dropped.

    Example:
        >>> [q.topic for q in questions("Is it profitable? What's the debt situation and the growth?")]
        ['profitability', 'debt', 'growth']
    """
    return tuple(
        Question(topic=topic_of(part), text=part)
        for sentence in _SENTENCE.split(words.strip())
        for part in _parts(sentence.strip())
    )


def _parts(sentence: str) -> Iterator[str]:
    """The sentence, or its halves around an `and` when each asks about something else."""
    if not sentence.strip(" .,;?!"):
        return
    halves = [half for half in _AND.split(sentence) if half.strip(" .,;?!")]
    topics = [topic_of(half) for half in halves]
    whole = topic_of(sentence)
    together = whole is not None and _TOPIC[whole].search(sentence) and whole not in topics
    if len(halves) < 2 or None in topics or len(set(topics)) < len(topics) or together:
        yield sentence
    else:
        yield from halves
