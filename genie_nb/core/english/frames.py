"""The words around a wish: how to be told, and about whom.

"Watch CRSR. Alert me if it …"    "Let me know when …, please"    "… of CRSR"
"""

from .table import Row, Table

ARTICLES = Table(Row("the|a|an|any|another"))

FRAMES = Table(
    Row("give me|us heads up IF"),
    Row("heads up IF"),
    Row("for me|us"),
    Row("flag"),
    Row("TELL me|us just|only? once if|when|that?", "once", kind="option"),
    Row("let me|us know just|only? once if|when", "once", kind="option"),
    Row("first time that?", "once", kind="option"),
    Row("as soon as", "if", kind="word"),
    Row("every|each|any single? time|moment that?", "if", kind="word"),
    Row("anytime|moment", "if", kind="word"),
    Row("please? let me|us know right? away? IF|that?"),
    Row("please? TELL me|us alert|alerts|notification|notice|message|ping|note? IF|that?"),
    Row("please? TELL alert|notification|message|ping IF|that?"),
    Row("set up? me? price? alert|alarm|alerts|notification for|on|at|to? IF?"),
    Row("create|make|add|put|arm price? alert|alarm|rule for|on? IF?"),
    Row("alert|alarm|notification for|on|at|IF"),
    Row("alert|notify IF"),
    Row("i|we would? want|like|need? to? know|be|get? told|alerted|notified|alert? IF?"),
    Row("be|get|know told|alerted|notified? IF"),
    Row("keep eye on", "watch", kind="lead"),
    Row("watch|monitor|track|follow out? for?", "watch", kind="lead"),
    Row("can|could|would|will you please?"),
    Row("please|thanks|thank|hey|genie|ok|okay|hi|hello you?"),
)
"""What is said around a wish and takes no part in it; `if` and `when` remain where they join."""

NAMES = Table(
    Row("<name> stock|shares|share|price for|to|if|when?", "{name}", kind="name"),
    Row("<name> for|to|if|when|on", "{name}", kind="name"),
    Row("<lead> <name> for|to|if|when|on?", "{name}", kind="name"),
    Row("<name> <name>", "{name}", kind="name"),
    Row("<lead>"),
)
"""Where a name stands beside what is said of it."""

BESIDE = Table(Row("of|for|on|in <name>"))
"""A name after what is said of it; read when possessions such as `of its high` are."""

PRONOUNS = Table(
    Row("it|its|they|their|them", "it", kind="name"),
    Row("this|that one|stock|ticker|company", "it", kind="name"),
    Row("share|stock price", "price", kind="word"),
    Row("stock|shares|company", "it", kind="name"),
)
"""Words for the company that was named."""
