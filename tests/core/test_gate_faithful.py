"""Faithful summaries in ordinary English, as different language models write them: all are shown.

`[[name]]` is a slot; `{name}` stands for the raw number, which is filled in from the facts.
"""

import re
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import genie_nb as genie
from genie_nb.core.facts.registry import REGISTRY
from genie_nb.core.figures import written
from genie_nb.core.gate import Admitted, admit
from genie_nb.core.report import Report

SUMMARIES = {
    "ACME": """
ACME Corp is a small-cap industrial company with a market cap of {market_cap}. It trades at a P/E of {pe_trailing}, slightly above its sector's median of {pe_sector_median}. The balance sheet is conservative with a debt-to-equity ratio of {debt_to_equity}. Revenue growth of {revenue_growth_yoy} and a profit margin of {profit_margin} round out a healthy picture. Key risks include low liquidity and thin analyst coverage.
ACME Corp reported revenue growth of {revenue_growth_yoy} with a profit margin of {profit_margin}. Market cap: {market_cap}.
Overall, ACME presents a mixed picture: solid fundamentals on one side, and limited trading liquidity on the other. [[market_cap]].
ACME Corp ([[market_cap]]) is a specialty machinery company. Its revenue is growing at a healthy pace, with [[revenue_growth_yoy]]. The primary risk is liquidity.
While the company's [[pe_trailing]] is higher than the sector median, its [[revenue_growth_yoy]] and [[debt_to_equity]] support a reasonable financial profile.
The company has [[cash]] in hand and [[total_debt]] outstanding, resulting in [[debt_to_equity]].
The stock has [[beta_1y]], meaning it moves with the market, and [[volatility_1y]], which is high.
ACME Corp has demonstrated consistent revenue growth, positive earnings, and manageable debt. [[revenue_growth_yoy]]; [[eps_ttm]]; [[debt_to_equity]].
The company maintains a strong balance sheet with low leverage ([[debt_to_equity]]) and adequate liquidity ([[current_ratio]]).
Key strengths: profitability ([[profit_margin]]), low leverage ([[debt_to_equity]]). Key weaknesses: thin trading ([[average_dollar_volume_20d]]), high volatility ([[volatility_1y]]).
ACME has a strong financial position: [[debt_to_equity]], [[current_ratio]], and [[altman_z]], which is far from distress.
This summary is for information only and is not investment advice. ACME has [[market_cap]] and [[pe_trailing]].
ACME Corp is a profitable small-cap company. The main risk is low trading volume: [[average_volume_20d]].
ACME's earnings per share of {eps_ttm} support the current price. Gross margin: {gross_margin}; operating margin: {operating_margin}.
The shares closed above their 50-day average on strong volume. [[relative_volume]] confirms the move.
Shares are trading above both the [[sma_50]] and the [[sma_200]].
Trading near its [[high_52w]]? Not quite; [[price]].
The P/E ratio stands at {pe_trailing}, the PEG ratio at {peg_ratio}.
The P/E ratio is {pe_trailing} and the debt-to-equity ratio is {debt_to_equity}.
ACME has P/E {pe_trailing}, D/E {debt_to_equity}, and revenue growth {revenue_growth_yoy} YoY.
In summary, ACME is growing, profitable, and conservatively financed; its weak spot is liquidity. [[debt_to_equity]]
Return on equity is [[return_on_equity]]. Free cash flow is positive, with [[free_cash_flow_ttm]].
It does not pay much attention to debt; [[debt_to_equity]].
With a market cap of {market_cap}, ACME Corp is a small company. Debt/equity is {debt_to_equity}.
The Altman Z-score of {altman_z} suggests little risk of bankruptcy.
Investors may want to weigh solid growth against poor liquidity: [[revenue_growth_yoy]], [[spread_estimate_bps]].
ACME is reasonably valued, with [[pe_trailing]].
Sales grew year over year ([[revenue_growth_yoy]]) and profits followed ([[earnings_growth_yoy]]).
A word of caution: the bid-ask spread is wide, at [[spread_estimate_bps]].
ACME Corp is a small-cap Industrials company with [[market_cap]]. The stock shows [[pe_trailing]] and [[debt_to_equity]].
Thanks to steady demand, ACME keeps growing: [[revenue_growth_yoy]].
The company’s growth is steady — [[revenue_growth_yoy]] — and its debt is modest: [[debt_to_equity]].
The company shows steady growth: [[revenue_growth_yoy]]. Its balance sheet is sound, with [[debt_to_equity]]. Thin trading is the main risk. This is not financial advice.
ACME Corp is a small-cap maker of specialty machinery. Growth has been solid, with [[revenue_growth_yoy]], and the business is comfortably profitable ([[profit_margin]]). Liquidity is the main risk: [[average_dollar_volume_20d]].
ACME combines healthy growth with a conservative balance sheet. [[revenue_growth_yoy]] and [[debt_to_equity]] tell that story plainly enough.
With [[market_cap]], ACME is a small company that rarely makes headlines. It earns a profit, carries modest leverage at [[debt_to_equity]], and generates positive free cash flow: [[free_cash_flow_ttm]].
A profitable small cap with market cap {market_cap} and P/E {pe_trailing}. Debt-to-equity is {debt_to_equity}, so leverage looks manageable.
Revenue growth {revenue_growth_yoy}, profit margin {profit_margin}, debt / equity {debt_to_equity}. The picture is that of an orderly business whose shares are thinly traded.
The valuation is unremarkable. At [[pe_trailing]], the shares trade slightly above the sector median, while [[peg_ratio]] puts that multiple in the context of its growth.
The market currently assigns ACME Corp a [[market_cap]]. On earnings, that works out to [[pe_trailing]], slightly above its sector's median.
ACME's shares recently broke above their [[sma_50]], and did so with volume. Even so, trading is thin, and the wide [[spread_estimate_bps]] makes it costly to exit.
On the positive side, sales are growing ([[revenue_growth_yoy]]), the company is profitable and debt is low ([[debt_to_equity]]). On the negative side, the stock is illiquid.
The balance sheet looks healthy: [[cash]] against [[total_debt]], and [[current_ratio]]. The real question mark is how thinly the stock trades.
Insiders have been buying, which some readers see as a sign of confidence: [[insider_net_shares_6m]]. Still, few analysts follow the company, so surprises are possible.
Fundamentally, ACME Corp looks robust. Earnings rose over the past year ([[earnings_growth_yoy]]) and margins are respectable, with [[gross_margin]] and [[operating_margin]].
ACME Corp is an industrial company. Over the trailing twelve months it generated [[revenue_ttm]]; year over year, revenue grew, as [[revenue_growth_yoy]] shows.
ACME is not without risk. Its shares are volatile, with [[volatility_1y]], and liquidity remains the biggest concern.
The stock sits comfortably between its extremes, with [[high_52w]] and [[low_52w]]. Momentum is neither overbought nor oversold: [[rsi_14]].
Price {price}; 50-day average {sma_50}; 200-day average {sma_200}. The price is above its 50-day average {sma_50}. RSI: {rsi_14}.
In short: a profitable, growing manufacturer with little debt ([[debt_to_equity]]) and a stock that can be hard to sell quickly ([[days_to_exit_10000_shares]]).
ACME Corp does not look distressed: [[altman_z]]. Cash stands at {cash} and total debt at {total_debt}.
Solvency is not a pressing worry here, given [[altman_z]] and [[debt_to_equity]]. What deserves attention is liquidity, because [[average_volume_20d]] leaves little room for anyone moving in size.
The share count is stable, so holders have not been diluted: [[share_count_growth_yoy]]. Short interest {short_percent_of_float} is low.
Return on equity of {return_on_equity} and a gross margin of {gross_margin} point to a decent business. However, analyst coverage is thin, with [[analyst_count]].
ACME's profitability is fair rather than spectacular, with [[profit_margin]]. Its growth, on the other hand, is consistent: [[revenue_growth_consistency]].
There is a lot to like in the numbers and one obvious caveat. Growth is solid ([[revenue_growth_yoy]]), leverage is low ([[debt_to_equity]]), but liquidity is poor.
The next report is due soon: [[days_to_earnings]]. Until then, investors have [[pe_trailing]] and [[pe_forward]] to go by.""",
    "GFBK": """
Granite Ferry Bank is a regional bank with [[market_cap]]. Revenue grew modestly ([[revenue_growth_yoy]]) and the bank remains solidly profitable, with [[return_on_equity]].
The bank pays a dividend: [[dividend_yield]]. Its shares trade at [[pe_trailing]], slightly below the sector's median, and volatility is the main risk.
Granite Ferry Bank is profitable and growing, if only modestly. P/E {pe_trailing}, dividend yield {dividend_yield}, return on equity {return_on_equity}.
For a bank, debt ratios mean little, so [[debt_to_equity]] says little on its own.
The stock is in a downtrend and trades below its [[sma_50]] and [[sma_200]]. Volatility is elevated: [[volatility_1y]].
Earnings are growing slowly, as [[earnings_growth_yoy]] shows, and that makes the PEG of {peg_ratio} look demanding.
A steady earner in a difficult market: [[eps_ttm]], [[profit_margin]]. The main concern is volatility, with [[beta_1y]].
Granite Ferry pays its holders [[dividend_yield]]. Analysts do follow it ([[analyst_count]]), and insiders were net buyers over the last six months.""",
    "LUMR": """
Lumenara Therapeutics is a small-cap biotechnology company that has not yet become profitable. [[eps_ttm]], [[cash]].
Because it has no reported revenue, multiples such as P/E do not apply. [[market_cap]]
Lumenara may need to raise capital, given [[cash_runway_quarters]].
Lumenara Therapeutics is a clinical-stage story rather than an earnings story. It reports no revenue, burns cash ([[free_cash_flow_ttm]]) and has [[cash_runway_quarters]].
The company is not profitable: [[eps_ttm]]. It holds [[cash]], which at the present burn gives it [[cash_runway_quarters]].
Lumenara is an unprofitable biotechnology company. Volatility is the biggest risk, with [[volatility_1y]]; dilution matters too, since the share count is growing ([[share_count_growth_yoy]]).
Debt is low, at [[debt_to_equity]], and there is more cash than debt: [[cash]] and [[total_debt]]. What it lacks is income.
Cash {cash}, total debt {total_debt}, cash runway {cash_runway_quarters}. The company has been issuing shares to fund itself.
The shares are extremely volatile ([[volatility_1y]]) and thinly traded. Insiders have been net sellers: [[insider_net_shares_6m]].
As a biotech without profits, Lumenara depends on its cash: [[cash]]. The Altman score is in the grey zone ([[altman_z]]).""",
    "VWHM": """
Voltwhisper Motors is growing fast, with [[revenue_growth_yoy]], but it is losing money ([[profit_margin]]) and keeps issuing new shares ([[share_count_growth_yoy]]).
The biggest risk is bankruptcy: [[altman_z]] lies in the distress zone and cash covers [[cash_runway_quarters]]. Dilution comes on top of that, with [[share_count_growth_yoy]].
Shareholders have been diluted heavily: [[share_count_growth_yoy]]. Sales rose over the past year, yet losses remain large.
Revenue growth of {revenue_growth_yoy} is rapid, but the profit margin is {profit_margin}. Free cash flow is negative.
A micro cap with [[market_cap]], heavy dilution and negative free cash flow ([[free_cash_flow_ttm]]). Solvency is the main concern.
The stock is not widely followed, trades below its [[sma_50]], and swings sharply ([[volatility_1y]]).""",
    "OMVL": """
Omnivale Systems is one of the giants of its field: [[market_cap]]. The balance sheet is strong and profits are rising, with [[earnings_growth_yoy]].
Its [[pe_trailing]] is considerably higher than its sector's median, which makes the shares look expensive.
Omnivale Systems is a mega-cap software company with [[market_cap]]. It is highly profitable in absolute terms, earns [[return_on_equity]] and carries low leverage ([[debt_to_equity]]).
The shares are expensive: [[pe_trailing]] is well above its sector's median. Valuation is therefore the main risk.
Omnivale is liquid, widely covered and financially strong. [[average_dollar_volume_20d]], [[analyst_count]], [[altman_z]].
Market cap {market_cap}. P/E: {pe_trailing}. Revenue growth: {revenue_growth_yoy}. Dividend yield: {dividend_yield}. Valuation is the biggest risk here.
Growth remains robust, with [[revenue_growth_yoy]], and earnings have risen too ([[earnings_growth_yoy]]). Insiders were net sellers over the past six months.
The company pays a small dividend, [[dividend_yield]], and has been buying back shares: [[share_count_growth_yoy]].
At a premium to its sector's median, [[pe_trailing]] leaves little room for disappointment.
Liquidity is excellent, with [[average_dollar_volume_20d]]. The price is below its [[sma_50]], and volatility is moderate ([[volatility_1y]]).""",
    "HRTH": """
With [[debt_to_equity]], the balance sheet is weak, although regulated utilities often carry substantial debt. [[dividend_yield]].
Hearthstone Utilities is a large-cap utility with steady, modest growth ([[revenue_growth_yoy]]) and a dividend ([[dividend_yield]]). Its balance sheet is stretched: [[debt_to_equity]].
The company is heavily indebted, with [[total_debt]] and [[debt_to_equity]]. The Altman score falls in the distress zone ([[altman_z]]), and bankruptcy ranks as the main risk.
Income is the attraction here: dividend yield {dividend_yield}. Leverage is very high, with debt-to-equity of {debt_to_equity}.
Profitable and well covered by analysts, but highly leveraged: [[profit_margin]], [[analyst_count]], [[debt_to_equity]].""",
    "BRMR": """
Brightmoor Robotics is a profitable small cap whose revenue grew over the last year ([[revenue_growth_yoy]]). Thin trading is the main risk, with [[average_dollar_volume_20d]].
The robotics maker has moderate leverage ([[debt_to_equity]]) and high gross margins ([[gross_margin]]). Its price is below its [[sma_50]].
Solid growth, fair margins, volatile shares: [[revenue_growth_yoy]], [[profit_margin]], [[volatility_1y]].""",
    "DNGV": """
Dunmore Gravel has no analyst coverage at all, which makes lack of coverage the main risk: [[analyst_count]].
The business itself is quiet and profitable: [[profit_margin]], [[eps_ttm]]. Revenue grew modestly, with [[revenue_growth_yoy]].
Nobody covers it, trading is thin ([[average_dollar_volume_20d]]) and the shares are volatile ([[volatility_1y]]). The earnings multiple is below its sector's median.
[[pe_trailing]] is below its sector's median, and [[debt_to_equity]] is moderate.""",
    "PKLN": """
Pocket Lantern Games is a nano cap with [[market_cap]] and very thin trading. Liquidity is the biggest risk, followed closely by the danger of running out of cash.
The game maker is unprofitable ([[profit_margin]]) and burning cash, with [[cash_runway_quarters]]. Revenue is growing, though: [[revenue_growth_yoy]].
Market cap {market_cap}; cash {cash}; total debt {total_debt}. The company is loss-making, and its stock is illiquid.""",
    "QLLN": """
Quillon Semiconductors is growing quickly ([[revenue_growth_yoy]]), profitably ([[profit_margin]]) and with hardly any leverage: [[debt_to_equity]].
A large-cap chip company with high margins: gross margin {gross_margin}, profit margin {profit_margin}. The share count has been shrinking ([[share_count_growth_yoy]]).
Valuation is the main risk, since [[pe_trailing]] is above its sector's median. The balance sheet is strong.
Cash and debt are nearly balanced, with [[cash]] and [[total_debt]].""",
}  # fmt: skip


@cache
def report(ticker: str) -> Report:
    return genie.analyze(ticker, provider="demo").value


def filled(ticker: str, text: str) -> str:
    facts = report(ticker).facts
    return re.sub(r"\{(\w+)\}", lambda m: written(facts[m[1]].value, facts[m[1]].unit), text)


CASES = [
    (ticker, line) for ticker, lines in SUMMARIES.items() for line in lines.strip().split("\n")
]


@pytest.mark.parametrize(("ticker", "text"), CASES)
def test_a_faithful_summary_is_shown(ticker: str, text: str) -> None:
    answer = admit(filled(ticker, text), report(ticker))
    assert isinstance(answer, Admitted), answer


def _shown(ticker: str, text: str) -> str:
    answer = admit(filled(ticker, text), report(ticker))
    return answer.text if isinstance(answer, Admitted) else ""


_VALUE = re.compile(r"(?<![\w.,-])[-−]?\$?\d+(?:,\d{3})*(?:\.\d+)?(?: ?%|[MBK]| bps)?(?![\w-])")
_LABELS = re.compile("|".join(sorted((re.escape(spec.label) for spec in REGISTRY.values()), key=len, reverse=True)), re.IGNORECASE)  # fmt: skip


def _values(text: str) -> list[re.Match[str]]:
    """The numbers of a shown text that are not part of a label."""
    inside = [found.span() for found in _LABELS.finditer(text)]
    return [
        found
        for found in _VALUE.finditer(text)
        if not any(start <= found.start() < end for start, end in inside)
    ]


@settings(max_examples=400)
@given(st.sampled_from(CASES), st.data())
def test_no_changed_number_of_a_faithful_summary_passes(
    case: tuple[str, str], data: st.DataObject
) -> None:
    ticker, text = case
    shown = _shown(ticker, text)
    values = _values(shown)
    assume(values)
    found = data.draw(st.sampled_from(values))
    said = found[0]
    places = [i for i, letter in enumerate(said) if letter.isdigit()]
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != said[place]]))
    changed = data.draw(
        st.sampled_from(
            [
                said[:place] + digit + said[place + 1 :],
                said[1:] if said[0] in "-−" else f"-{said}",
                f"9{said}" if said[0].isdigit() else said[:1] + "9" + said[1:],
                said.replace("M", "B") if "M" in said else f"{said} million",
                said + "k",
            ]
        )
    )
    assume(re.search(r"[1-9]", said) is not None)
    mutated = shown[: found.start()] + changed + shown[found.end() :]
    assert not isinstance(admit(mutated, report(ticker)), Admitted), mutated
