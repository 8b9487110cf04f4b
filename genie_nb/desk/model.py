"""The language model that the user named, if any, asked through LiteLLM.

[model] name = "openai/…"  base_url = "…"  key = "env:NAME" -> Model.ask(messages) -> text
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..alerts.secrets import is_name, resolve, scrub
from ..core.errors import BadConfig, DataError, MissingExtra, Unavailable
from ..data.deadline import gather

if TYPE_CHECKING:
    from ..config import Config, ModelSettings
    from ..core.gate.prompt import Message

PATIENCE = 20.0
"""Seconds that a model is waited for, all its tries together."""
LONGEST = 700
"""Tokens of an answer."""


@dataclass(slots=True, kw_only=True)
class Model:
    """A model, and what it has cost in this session.

    Attributes:
        name: As LiteLLM names it, such as `openai/gpt-4o-mini`.
        base_url: Where it is served; empty for its maker's address.
        key: The name of the secret that opens it; empty when it needs none.
        budget: Dollars that a session may cost; None for no limit.
        log: File that prompts, answers and costs are written to; None when they are not kept.
        spent: Dollars spent so far; calls of a model without a known price are not in it.
    """

    name: str
    base_url: str = ""
    key: str = ""
    budget: float | None = None
    log: Path | None = None
    spent: float = field(default=0.0)

    def ask(self, messages: "Sequence[Message]", seconds: float) -> str:
        """The model's answer.

        Args:
            messages: As `core.gate.prompt` makes them.
            seconds: How long to wait.

        Raises:
            Unavailable: It did not answer, or its budget is spent or cannot be kept to.
            SetupError: Its key is not there.
            MissingExtra: LiteLLM is not installed.
        """
        if self.budget is not None and self.spent >= self.budget:
            raise Unavailable(
                f"The budget of ${self.budget:g} for {self.name} is spent in this session.",
                seen=f"${self.spent:.4f}",
                needed=f"less than ${self.budget:g}",
                cure="Raise model.budget, or begin a new session.",
            )
        litellm = library()
        if self.budget is not None and not _has_price(litellm, self.name):
            raise Unavailable(
                f"The price of {self.name} is not known, so its budget of ${self.budget:g} cannot be kept to.",
                seen=self.name,
                needed="a model whose price LiteLLM knows",
                cure="Name such a model, or remove model.budget to ask this one without a limit.",
            )
        key = resolve(self.key) if self.key else "none"

        def call() -> Any:
            return litellm.completion(
                model=self.name,
                messages=list(messages),
                api_base=self.base_url or None,
                api_key=key,
                timeout=seconds,
                num_retries=0,
                max_retries=0,
                max_tokens=LONGEST,
            )

        response = gather({"answer": call}, deadline=seconds)["answer"]
        if isinstance(response, DataError):
            raise Unavailable(
                f"{self.name} did not answer within {seconds:.0f} s.",
                seen=self.name,
                cure="The report is complete without it.",
            )
        if isinstance(response, Exception):
            raise Unavailable(
                f"{self.name} did not answer: {type(response).__name__}: {scrub(response)[:200]}",
                seen=self.name,
                cure="Check [model] in config.toml; the report is complete without it.",
            )
        text = self._said(response)
        self._note(messages, text, _price(litellm, self.name, response))
        return text

    def _said(self, response: Any) -> str:
        """The text of a response; empty where the model wrote none, as when it calls a tool instead.

        Raises:
            Unavailable: It has not the form of an answer.
        """
        choices = getattr(response, "choices", None)
        message = getattr(choices[0], "message", None) if choices else None
        if message is None:
            raise Unavailable(
                f"{self.name} answered with nothing that can be read.",
                seen=type(response).__name__,
                needed="a chat completion with one choice",
                cure="Check model.base_url; the report is complete without it.",
            )
        return str(message.content or "")

    def _note(self, messages: "Sequence[Message]", text: str, price: float | None) -> None:
        if price is not None:
            self.spent += price
        elif self.budget is not None:
            self.spent = self.budget  # what cannot be counted may have been all of it
        if self.log is None:
            return
        entry = {
            "at": datetime.now(UTC).isoformat(),  # noqa: TID251 - the log is about real time
            "model": self.name,
            "messages": list(messages),
            "answer": text,
            "dollars": price,
        }
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "a", encoding="utf-8", opener=_for_its_owner) as file:
            file.write(scrub(json.dumps(entry, ensure_ascii=False)) + "\n")


_session: dict[tuple[Path, "ModelSettings"], Model] = {}


def model_of(config: "Config", directory: Path) -> Model | None:
    """The configured model, the same one all session long; None when none is named.

    Raises:
        BadConfig: Its key is written out instead of named.
    """
    said = config.model
    if not said.name:
        return None
    if said.key and not is_name(said.key):
        raise BadConfig(
            f"model.key in {config.path} holds something other than the name of a secret.",
            needed="env:NAME or keyring:NAME",
            cure='Put the key into an environment variable and write: key = "env:NAME"',
        )
    if (directory, said) not in _session:
        _session[directory, said] = Model(
            name=said.name,
            base_url=said.base_url,
            key=said.key,
            budget=said.budget,
            log=directory / "model.jsonl" if said.keep else None,
        )
    return _session[directory, said]


def library() -> Any:
    """LiteLLM, which takes seconds to import and must not fetch its price list.

    Raises:
        MissingExtra: It is not installed.
    """
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    try:
        import litellm
    except ImportError:
        raise MissingExtra("ai", wanted="A language model") from None
    litellm.suppress_debug_info = True
    return litellm


def _for_its_owner(path: str, flags: int) -> int:
    """A file that nobody else may read, even if it was made before."""
    descriptor = os.open(path, flags, 0o600)
    os.chmod(path, 0o600)
    return descriptor


def _has_price(litellm: Any, name: str) -> bool:
    """Whether LiteLLM knows what a model costs; one that runs here may cost nothing."""
    try:
        litellm.cost_per_token(model=name, prompt_tokens=1, completion_tokens=1)
    except Exception:  # noqa: BLE001 - LiteLLM raises bare Exception for a model without a price
        return False
    return True


def _price(litellm: Any, name: str, response: Any) -> float | None:
    """Dollars; None for a model whose price LiteLLM does not know."""
    try:
        return float(litellm.completion_cost(response, model=name))
    except Exception:  # noqa: BLE001 - LiteLLM raises bare Exception for a model without a price
        return None
