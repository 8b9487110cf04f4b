"""Advice and predictions, in all their dress."""

from .words import phrases

DISCLAIMERS = phrases(
    r"(?:this|it|nothing here|nothing in this|none of this|the above)? ?(?:(?:text|summary|report) )?(?:is|does|constitutes?)?(?: not| n['’]t)? ?(?:constitute )?(?:meant as |intended as )?(?:not |no )?(?:financial|investment) advice",
    r"(?:is )?not (?:a|any) recommendation", "no recommendation is made(?: or implied)?", r"(?:without|nor) (?:a|any) recommendation",
    "no (?:buy|sell) or (?:buy|sell) recommendation",
)  # fmt: skip
"""What every text may say of itself."""

NO_ADVICE = phrases(
    "worth (?:noting|mentioning|knowing|remembering|a look)", "insider selling", "insider buying",
    r"insiders? (?:(?:has|have|were|was|are|been|net|also|recently|on|balance) )*(?:bought|buying|sold|selling|buyers?|sellers?)",
    r"(?:cost|costs|days|time|hard|easy|difficult|harder|easier) (?:of |to )(?:sell|buy|exit|selling|buying|exiting)(?: (?:the |a |any |out of )?(?:position|shares|stock|holding))?",
    r"(?:selling|exiting|leaving) (?:the|a|any|this) (?:position|holding|stake|block)", r"(?:it|company|which|that|business|firm|who) (?:makes and )?sells",
    r"(?:buyers|sellers) and (?:buyers|sellers)", r"overweight on", "exit cost", "holding period", "holding company", "bought with their own money",
)  # fmt: skip
"""Words of advice where they advise nothing."""

ADVICE = phrases(
    r"buy(?:s|ing|able|er|ers)?", r"bought", r"sell(?:s|ing|able|er|ers)?", "sold", r"(?:re)?purchas(?:e|es|ed|ing) (?:it|this|the stock|shares|now)",
    r"(?:to|a|an|or|and|should|can|just|simply|rated|strong|solid) hold", r"hold (?:it|the (?:stock|shares)|on|this|for|off|tight|rating|or)", r"hodl\w*", r"hold[,.]",
    r"holding (?:it|on|the (?:stock|shares)|for|this)",
    r"recommend\w*", r"advis(?:e|es|ed|ing|able|ory)", "advice", "should", "must", "ought", r"needs? to (?:own|have|act)", "suggest (?:owning|adding|taking)", "urge[ds]?",
    r"load(?:ing)? up", r"accumulat(?:e|es|ing)", r"(?:get|getting|jump|jumping|pile|piling|hop|step|stepping|dive|diving) (?:in|into|on|aboard|out)", r"add(?:ing)? to", r"back up the truck",
    r"(?:take|taking|lock|locking|book|booking)(?: in)? (?:some |your |the )?(?:profits?|gains?|position|stake)", r"trim(?:s|med|ming)?", r"(?:cut|cutting|reduce|lighten|build|start|open|initiate|close|enter|exit) (?:a |your |the |any )?(?:position|positions|stake|exposure|losses)",
    r"entry (?:point|points|price|level|opportunity)", r"exit (?:point|level|now)", r"(?:go|going|stay|be|staying) (?:long|short|away|in|out|clear)", r"short (?:it|this|the (?:stock|shares))", r"shorting", "avoid(?:ing|ed)?", "steer clear", "run away",
    r"worth", "no brainer", "must own", "must have", r"(?:don['’]?t|not) (?:miss|wait)", "act now", "hurry", r"consider (?:\w+ing|it|this|the (?:stock|shares))", r"(?:time|chance|moment|opportunity) to (?:\w+ )?(?:buy|sell|own|accumulate|add|act|get|take|invest|exit|enter|load)",
    r"(?:target|fair|intrinsic|true) (?:price|value)s?", r"targets?", r"fair(?:ly)? (?:price|priced|valued)", r"(?:under|over|mis)(?:valued|priced|valuation|pricing|valuing|bought is)", r"(?:over|under)weight", r"bargains?", "a steal", "on sale", r"(?:over|under|out)perform(?:s|ed|er|ing)?(?: rating)?",
    r"guarantee\w*", r"no (?:real |serious )?risks?", "nothing (?:can|could) go wrong", "risk free", "riskless", "certain to", "certainty", r"sure (?:thing|bet|to)", r"can['’]?t lose", r"cannot lose", "foolproof", "safe bet", "bound to", "poised", "destined", "set to", "about to", "going to", "due (?:for|to) (?:rise|fall|rally|rebound|run)",
    r"(?:great|good|bad|excellent|strong|solid|smart|wise|poor|top|sound|attractive|compelling) (?:buy|investment|investments|pick|picks|choice|stock to own|time|opportunity|bet|idea|entry)", r"invest (?:in|now|here)", r"(?:top|stock) picks?", "conviction",
    r"(?:own|owning|ownable) (?:it|this|the (?:stock|shares)|some|shares)", r"want to own", "upside", "margin of safety", r"(?:moon|mooning|rocket|skyrocket|multibagger|winner|winners|loser|jackpot|lottery)\w*", r"buy(?:ing)? the dip", "bullish", "bearish", "bull case", "bear case",
    "rated", "ratings?", r"upgrade[ds]?", r"downgrade[ds]?",
    "ignore (?:all|any|the|previous|every|these|your)", r"disregard\w*", r"system prompt", r"instructions?", r"genie ?_?\w*",
)  # fmt: skip

PREDICTIONS = phrases(
    r"will(?! (?:depend|matter|report|vary))", r"wo n['’]t", r"won['’]t", r"shall", r"\w+['’]ll",
    r"(?:can|may|might|could|would|should) (?:well |soon |then |easily |still |quickly |also )*(?:rise|fall|drop|climb|soar|surge|jump|plunge|crash|rally|go|double|recover|rebound|grow|shrink|sink|gain|appreciate|outperform|beat|explode|run|keep rising|keep falling|continue)",
    r"forecasts?", r"predict\w*", r"expect(?:s|ing|ation|ations)?", "expected to", r"anticipat\w*", r"project(?:s|ed|ion|ions)", "guidance", "consensus", "likely to", "on track (?:to|for)",
)  # fmt: skip

PERSONS = phrases("you", "your", "yours", "we", "our", "ours", "my", "me", "us", r"(?:we|you)['’](?:re|ve|d)", r"let['’]s")  # fmt: skip
"""Who speaks or is spoken to: facts do neither."""
