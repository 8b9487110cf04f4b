"""Numbers in words: counts, fractions, multiples and shares of a whole."""

from .words import phrases

_UNITS = "two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_LARGE = "hundred|thousand|million|billion|trillion|quadrillion|lakh|crore"
_ANY = f"zero|nil|nought|naught|{_UNITS}|{_TEENS}|{_TENS}|{_LARGE}"
_ORDINALS = (
    "third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth"
    "|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth"
    "|hundredth|thousandth|millionth|billionth"
)

HARMLESS = phrases(
    r"one of (?:the|its|several|many|those|these|them|our)", "(?:the )?one hand", "no one", "(?:the|this|that|any|each|every) one",
    r"one (?:(?!third|fifth|tenth)\w+ )?(?:can|may|might|could|thing|point|aspect|concern|caveat|risk|strength|weakness|factor|positive|negative|note|reason|way|area|issue|side|off|sided|measure|that|which)",
    "third part(?:y|ies)", "second half of the picture", "first and foremost", "at first (?:glance|sight)",
    r"(?:over|in|for|during|of|across) (?:the )?(?:last |past |trailing |latest |most recent )*(?:twelve months|six months|four quarters|fifty two weeks)",
    "(?:trailing |last |past )?twelve months?", "(?:each|all) of the (?:last|past|latest) four quarters",
)  # fmt: skip
"""Words of counting that count nothing, or that say over which span a fact is reckoned."""

WRITTEN_OUT = phrases(
    rf"(?:{_ANY})(?:s|es|th|ths)?", "(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet|noughti|teen)(?:y|ie)s", "teens?", "one",
    "single", "singles", "unity", rf"(?:{_ORDINALS})s?", "nth", r"(?:first|second) (?:half|quarter|year|month|week|day|time|decade|percentile|quartile)s?",
    "half", "halves", r"halv(?:e[ds]?|ing)", r"quarters? of (?:its|the|a|all|that|those|this)", "by a quarter", "a quarter (?:more|less|higher|lower|up|down)", "one quarter",
    r"(?:doubl|tripl|trebl|quadrupl|quintupl|sextupl|septupl|octupl|decupl)(?:e[ds]?|ing)", "doubly", "triply", "treble", "twofold", "manifold",
    rf"(?:{_ANY}|many|multi|several|\w+) ?fold", "twice", "thrice", "dozens?", "scores? of", "couple", "myriads?", "umpteen", "gross of",
    "percents?", "per cent", "pct", "percentages?", "percentiles?", "quartiles?", "quintiles?", "deciles?", "basis points?", "bps?", "pips?",
    "cents?", "digits?", "figures? (?:sum|salary)", "(?:five|six|seven) figures?", "nothing but", "tenths?", "majority", "minority",
    "most of (?:its|the|their|all)", "(?:nearly|almost) all",
)  # fmt: skip
"""What counts or measures without a digit; ordinals that only order ("first", "second") pass."""

ROMAN = phrases(
    r"(?=[ivxlcdm]{2,}(?!\w))(?!(?:mix|di|mi|mid|mild|civil|vivid|livid|dim|lid|mill|ill|civic|mm|cd|md|dc)(?!\w))m*(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})",
)  # fmt: skip
"""Roman numerals of two letters or more that are no words."""
