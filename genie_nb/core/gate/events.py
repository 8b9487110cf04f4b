"""Happenings and other parties, of which the report holds no fact."""

from .words import phrases

EVENTS = phrases(
    r"resign\w*", r"stepp(?:ed|ing) down", r"appoint\w*", r"hired", r"fired", r"lay ?offs?", r"chief \w+", "ceo", "cfo", "coo", "founders?", "chair(?:man|woman|person)?", "management team",
    r"investigat\w*", r"fraud\w*", r"scandals?", r"law ?suits?", "sued", "suing", r"litigat\w*", "settlements?", r"subpoena\w*", r"probes?", r"indict\w*", r"delist\w*", "restate(?:d|ment|ments)",
    r"contracts?", "tenders?", r"(?:new|large|big|record|government) orders?", "backlog", r"take ?overs?", r"mergers?", r"merg(?:ed|ing)", r"acqui(?:re|res|red|ring|sition|sitions)", r"spin ?offs?", "offers? (?:for|is|was|to)", "bids? (?:for|from)", "go private", "ipo",
    r"insolven\w*", "bankrupt", "chapter", "defaults?", r"defaulted", r"covenants?", "going concern", "won", "awarded", r"announc\w*", r"unveil\w*", r"launch\w*", r"partner\w*", r"alliance", r"patents?", r"approv\w*", "fda", "trials?", r"recall\w*", r"strikes?", r"sanctions?", r"tariffs?",
    r"customers?", r"clients?", r"suppliers?", r"vendors?", r"rivals?", r"competitors?", r"challengers?", r"subsidiar\w*", r"parent company", "licen[cs]e[ds]?", "factor(?:y|ies)", r"plants?", r"employees?", r"staff", "headcount", r"workforce",
    "for sale", "cousins?", "siblings?", r"sister \w+", "affiliates?", "neighbou?rs?", "stock split", "a split", "wrong", "false", "incorrect", "inaccurate", "fake[ds]?", "made up", "untrue", "mistaken", "(?:under|over)stated", "inflated", r"hidden", "secret(?:ly)?",
    "hack(?:ed|ers?)?", "breach", "war", "pandemic", "rumou?rs?", "insider trading", "accused", "guilty", "fined", "penalt(?:y|ies)", "bail ?out", "rescue[ds]?",
    "euros?", "pounds?", "sterling", "yen", "yuan", "renminbi", "rupees?", "francs?", "kron(?:a|e|or|er)", "pesos?", "bitcoins?", r"crypto\w*",
    "dot com", r"web ?sites?", r"click\w*", r"visit", r"subscribe\w*", "e ?mail", "telegram", "whatsapp", "follow (?:us|me)",
)  # fmt: skip
