"""The tab of previews: a rule about the ticker, said back with its past before it is armed."""

from collections.abc import Mapping
from typing import Any

from ....answer import Answer
from ....core.verbs import Ask
from ....render.html.tag import Markup
from ..rule_box import RuleBox
from .tab import Scope, Tab


class PreviewTab(Tab):
    """One rule box about the panel's ticker."""

    name, label = "preview", "Preview"

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self._box = RuleBox(scope.frame, scope.options, read=scope.changed, armed=self._armed)
        self._box.take(scope.ticker)

    def take(self) -> None:
        """Rules about another ticker."""
        self._box.take(self.scope.ticker)

    def html(self) -> Markup:
        """The box."""
        return self._box.html()

    def asked(self) -> Ask:
        """The preview of the rule that was read, once there is one."""
        if self._box.preview is None:
            return self.scope.ask
        return self.scope.asking("preview", words=str(self._box.preview.rule.condition))

    def opened(self) -> None:
        """Draw the rule's past again."""
        self._box.shown()

    def turned(self, values: Mapping[str, Any]) -> None:
        """Other words."""
        self._box.turned(values)

    def pressed(self, name: str, value: Any) -> bool:
        """Read or arm."""
        return self._box.pressed(name, value)

    def _armed(self, answer: Answer) -> None:
        """Nothing else of the panel depends on what is armed."""
