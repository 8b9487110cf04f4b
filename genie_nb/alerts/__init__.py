"""What is watched, what fired, and where it is sent.

The room has the name of the public function `genie_nb.alerts()`, so it can be called as such: whichever
of both a program has under the name, it answers.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Room(ModuleType):
    def __call__(self, *args: Any, **options: Any) -> Any:
        """The log of alerts, as `genie_nb.alerts()` gives it."""
        return import_module("genie_nb.faces.python").alerts(*args, **options)


sys.modules[__name__].__class__ = _Room
