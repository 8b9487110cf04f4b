"""The grammar of the rule language, for Lark. Names with a leading underscore leave no node."""

GRAMMAR = r"""
    rule: _or option*
    option: REARM _or -> rearm
          | ONCE -> once
          | COOLDOWN count -> cooldown
          | EXPIRES DATE -> expires
          | PAUSED -> paused
    condition: _or
    value: _sum

    _or: either | _and
    either: _or OR _and
    _and: both | _not
    both: _and AND _not
    _not: negation | _test
    negation: NOT _not
    _test: _held | sequence
    sequence: _single THEN _single WITHIN count
    _held: _single | during | recently
    during: _held FOR count
    recently: _held WITHIN count
    _single: comparison | crossing | touch | range | edge | move | pattern | "(" _or ")"

    comparison: _sum OPERATOR _sum
    crossing: _sum CROSSES [ABOVE | BELOW] _sum
    touch: _sum TOUCHES _sum
    range: _sum (INSIDE | OUTSIDE) _sum TO _sum
    edge: _sum (ENTERS | LEAVES) _sum TO _sum
    move: _sum (RISES | FALLS) BY (NUMBER | PERCENT) IN count
    pattern: PATTERN [BULLISH | BEARISH] PATTERN_NAME
    count: NUMBER BARS

    _sum: addition | _product
    addition: _sum SIGN _product
    _product: product | _factor
    product: _product TIMES _factor
    _factor: negative | _atom
    negative: SIGN _factor
    _atom: number | percent | line | call | indicator | fact | lag | other | "(" _sum ")"
    number: NUMBER
    percent: PERCENT
    fact: FACT NAME
    lag: _atom "[" NUMBER "]"
    other: _atom OF TICKER
    line: NAME
    call: NAME "(" [_argument ("," _argument)*] ")"
    _argument: _sum | day
    day: DATE
    indicator: TA_NAME "(" [keyword ("," keyword)*] ")"
    keyword: NAME "=" (SIGN? NUMBER | STRING | TRUE | FALSE)

    REARM.2: /rearm\b/i
    ONCE.2: /once\b/i
    COOLDOWN.2: /cooldown\b/i
    EXPIRES.2: /expires\b/i
    PAUSED.2: /paused\b/i
    OR.2: /or\b/i
    AND.2: /and\b/i
    NOT.2: /not\b/i
    THEN.2: /then\b/i
    FOR.2: /for\b/i
    WITHIN.2: /within\b/i
    CROSSES.2: /crosses\b/i
    ABOVE.2: /above\b/i
    BELOW.2: /below\b/i
    TOUCHES.2: /touches\b/i
    INSIDE.2: /inside\b/i
    OUTSIDE.2: /outside\b/i
    ENTERS.2: /enters\b/i
    LEAVES.2: /leaves\b/i
    RISES.2: /rises\b/i
    FALLS.2: /falls\b/i
    BY.2: /by\b/i
    IN.2: /in\b/i
    BARS.2: /bars?\b/i
    PATTERN.2: /pattern\b/i
    BULLISH.2: /bullish\b/i
    BEARISH.2: /bearish\b/i
    FACT.2: /fact\b/i
    OF.2: /of\b/i
    TRUE.2: /true\b/i
    FALSE.2: /false\b/i

    OPERATOR: ">=" | "<=" | "==" | "!=" | ">" | "<"
    SIGN: "+" | "-"
    TIMES: "*" | "/"
    TO: ".."
    DATE.3: /\d{4}-\d{2}-\d{2}/
    PERCENT.2: /\d+(\.\d+)?\s?%/
    NUMBER: /\d+(\.\d+)?/
    STRING: /"[^"]*"/
    TA_NAME.3: /ta\.[a-z_][a-z0-9_]*/i
    NAME: /[a-z_][a-z0-9_]*/i
    PATTERN_NAME: /[a-z0-9_]+/i
    TICKER: /\^?[a-z0-9]+([.\-=][a-z0-9]+)*/i
    %ignore /[ \t\r\n]+/
"""
