"""Which exchange's sessions a ticker trades by, told from its symbol, time zone or Yahoo's code."""

from collections.abc import Mapping

ALWAYS = "24/7"
"""Every day from midnight to midnight: crypto-currencies."""
WEEKDAYS = "24/5"
"""Every weekday from midnight to midnight: currencies, and exchanges nobody here knows."""

_BY_TIMEZONE: Mapping[str, str] = {
    "America/New_York": "XNYS", "US/Eastern": "XNYS", "America/Toronto": "XTSE",
    "America/Sao_Paulo": "BVMF", "America/Mexico_City": "XMEX", "America/Santiago": "XSGO",
    "America/Argentina/Buenos_Aires": "XBUE", "America/Buenos_Aires": "XBUE",
    "America/Chicago": "CMES", "Europe/London": "XLON", "Europe/Dublin": "XDUB",
    "Europe/Berlin": "XETR", "Europe/Paris": "XPAR", "Europe/Amsterdam": "XAMS",
    "Europe/Brussels": "XBRU", "Europe/Lisbon": "XLIS", "Europe/Rome": "XMIL",
    "Europe/Madrid": "XMAD", "Europe/Zurich": "XSWX", "Europe/Stockholm": "XSTO",
    "Europe/Copenhagen": "XCSE", "Europe/Helsinki": "XHEL", "Europe/Oslo": "XOSL",
    "Europe/Vienna": "XWBO", "Europe/Warsaw": "XWAR", "Europe/Istanbul": "XIST",
    "Asia/Tokyo": "XTKS", "Asia/Hong_Kong": "XHKG",
    "Asia/Shanghai": "XSHG", "Asia/Seoul": "XKRX", "Asia/Taipei": "XTAI",
    "Asia/Singapore": "XSES", "Asia/Kolkata": "XBOM", "Asia/Calcutta": "XBOM",
    "Asia/Bangkok": "XBKK", "Asia/Jakarta": "XIDX", "Asia/Kuala_Lumpur": "XKLS",
    "Asia/Riyadh": "XSAU",
    "Africa/Johannesburg": "XJSE", "Australia/Sydney": "XASX", "Pacific/Auckland": "XNZE",
    "UTC": ALWAYS,
}  # fmt: skip

_BY_SUFFIX: Mapping[str, str] = {"=X": WEEKDAYS, "=F": "CMES"}


def exchange_for(ticker: str, timezone: str) -> str:
    """The calendar of a ticker: by what its symbol says, else by the time zone of its prices.

    Example:
        >>> exchange_for("ACME", "America/New_York"), exchange_for("EURUSD=X", "Europe/London")
        ('XNYS', '24/5')
    """
    return _BY_SUFFIX.get(ticker[-2:]) or _BY_TIMEZONE.get(timezone, WEEKDAYS)
