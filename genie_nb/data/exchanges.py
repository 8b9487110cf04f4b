"""Which exchange's sessions a ticker trades by, told from its symbol, time zone or Yahoo's code."""

import re
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

_NEW_YORK = "America/New_York"
_ABROAD: Mapping[str, str] = {
    named: timezone
    for timezone, names in {
        "America/Toronto": ".TO .V .CN .NE",
        "America/Sao_Paulo": ".SA ^BVSP",
        "America/Mexico_City": ".MX ^MXX",
        "America/Santiago": ".SN",
        "America/Argentina/Buenos_Aires": ".BA",
        "Europe/London": ".L .IL =X ^FTSE",
        "Europe/Dublin": ".IR",
        "Europe/Berlin": ".DE .F .BE .DU .HA .HM .MU .SG ^GDAXI",
        "Europe/Paris": ".PA ^FCHI",
        "Europe/Amsterdam": ".AS ^AEX",
        "Europe/Brussels": ".BR ^BFX",
        "Europe/Lisbon": ".LS",
        "Europe/Rome": ".MI",
        "Europe/Madrid": ".MC ^IBEX",
        "Europe/Zurich": ".SW ^SSMI",
        "Europe/Stockholm": ".ST ^OMX",
        "Europe/Copenhagen": ".CO",
        "Europe/Helsinki": ".HE",
        "Europe/Oslo": ".OL",
        "Europe/Vienna": ".VI ^ATX",
        "Europe/Warsaw": ".WA",
        "Europe/Istanbul": ".IS",
        "Asia/Tokyo": ".T ^N225",
        "Asia/Hong_Kong": ".HK ^HSI",
        "Asia/Shanghai": ".SS .SZ",
        "Asia/Seoul": ".KS .KQ ^KS11",
        "Asia/Taipei": ".TW .TWO ^TWII",
        "Asia/Singapore": ".SI ^STI",
        "Asia/Kolkata": ".NS .BO ^BSESN ^NSEI",
        "Asia/Bangkok": ".BK",
        "Asia/Jakarta": ".JK ^JKSE",
        "Asia/Kuala_Lumpur": ".KL ^KLSE",
        "Asia/Riyadh": ".SR",
        "Africa/Johannesburg": ".JO",
        "Australia/Sydney": ".AX ^AXJO",
        "Pacific/Auckland": ".NZ ^NZ50",
    }.items()
    for named in names.split()
}
"""Time zones by what follows the last dot of a symbol, and of the best-known indices, as Yahoo and
those who follow it write them."""

CRYPTO = re.compile(r"[A-Z0-9]{2,10}-(?:USD|EUR|GBP|JPY|CAD|AUD|BTC)")
"""A crypto-currency in another currency, such as BTC-USD."""


def exchange_for(ticker: str, timezone: str) -> str:
    """The calendar of a ticker: by what its symbol says, else by the time zone of its prices.

    Example:
        >>> exchange_for("ACME", "America/New_York"), exchange_for("EURUSD=X", "Europe/London")
        ('XNYS', '24/5')
    """
    return _BY_SUFFIX.get(ticker[-2:]) or _BY_TIMEZONE.get(timezone, WEEKDAYS)


def timezone_of(ticker: str) -> str:
    """The time zone of the exchange that a symbol names; New York's where it names none.

    Example:
        >>> timezone_of("OCDO.L"), timezone_of("7203.T"), timezone_of("BTC-USD"), timezone_of("ACME")
        ('Europe/London', 'Asia/Tokyo', 'UTC', 'America/New_York')
    """
    if CRYPTO.fullmatch(ticker):
        return "UTC"
    _, dot, suffix = ticker.rpartition(".")
    named = ticker if ticker.startswith("^") else dot + suffix if dot else ticker[-2:]
    return _ABROAD.get(named, _NEW_YORK)
