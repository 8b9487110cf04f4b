"""The kernel of a run: this very Python, whether or not Jupyter knows it by a name."""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from ..core.errors import MissingExtra

OURS = "python3"
"""What a Python notebook's kernel is called in its output."""


def is_python(notebook: Any) -> bool:
    """Whether a notebook is written in Python; one that does not say is."""
    spec = notebook.metadata.get("kernelspec", {})
    language = spec.get("language") or notebook.metadata.get("language_info", {}).get("name", "")
    return str(language or "python").casefold() == "python"


def this_python(environment: Mapping[str, str]) -> type[Any]:
    """A kernel manager class that starts this Python, with further environment variables.

    Raises:
        MissingExtra: ipykernel is not installed.
    """
    if find_spec("ipykernel") is None:
        raise MissingExtra("notebook", wanted="Running a notebook")
    from ipykernel.kernelspec import get_kernel_dict
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    spec = KernelSpec(**get_kernel_dict())
    spec.env = {name: value.replace("$", "$$") for name, value in environment.items()}

    class ThisPython(AsyncKernelManager):
        transport_encryption = "auto"  # pyright: ignore[reportAssignmentType] - sets the default of a trait

        @property
        def kernel_spec(self) -> KernelSpec:
            return spec

    return ThisPython
