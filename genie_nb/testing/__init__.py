"""For authors of plugins: fakes to test against, and contracts to hold.

FakeProvider    a market of your own making, which fails when told to
check_provider  does a provider keep the promises that everything above it builds on?
"""

from .fake_provider import Call, FakeProvider
from .provider_contract import check_provider

__all__ = ["Call", "FakeProvider", "check_provider"]
