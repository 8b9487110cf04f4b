"""The style of a card, scoped to it.

Colours follow JupyterLab's variables and theme attribute, VS Code's theme class, and elsewhere the
reader's own preference. The scope outweighs the notebook's own rules for tables and headings.
"""

SCOPE = ".genie:not(#_)"

LIGHT = {
    "ink": "#1f2328", "soft": "#57606a", "line": "#d8dee4", "paper": "#ffffff", "wash": "#f6f8fa",
    "good": "#1a7540", "warn": "#8a5a00", "bad": "#b3261e", "calm": "#57606a", "accent": "#1f5fbf",
    "heat": "#c4473a",
}  # fmt: skip
DARK = {
    "ink": "#e6edf3", "soft": "#a9b3be", "line": "#353c45", "paper": "#14181d", "wash": "#1c2229",
    "good": "#5fc992", "warn": "#e3b54a", "bad": "#f79b91", "calm": "#a9b3be", "accent": "#8fb3ff",
    "heat": "#e0705f",
}  # fmt: skip
"""Every ink has a contrast of at least 4.5 to 1 on the paper and on the wash of its theme, and on JupyterLab's."""

_RULES = """
&{font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;color:var(--ink);background:var(--paper);max-width:920px;border:1px solid var(--line);border-radius:12px;overflow:hidden;text-align:left;font-variant-numeric:tabular-nums;margin:4px 0}
& *{box-sizing:border-box}
& section,& details,& footer{padding:16px 20px;border-top:1px solid var(--line);margin:0}
& h2,& h3,& h4{color:var(--ink);font-family:inherit;line-height:1.25;margin:0;padding:0;border:0}
& h2{font-size:23px;font-weight:680;letter-spacing:-.015em;overflow-wrap:anywhere}
& h3,& h4,& summary{font-size:13px;font-weight:650;margin:0 0 8px}
& p{margin:0 0 8px;max-width:72ch}
& pre{margin:0 0 8px;overflow:auto;font:12px/1.5 ui-monospace,monospace}
& p:last-child{margin-bottom:0}
& table{border-collapse:collapse;border:0;margin:0;width:100%;font:inherit;color:inherit;table-layout:auto}
& tr,& tbody tr:nth-child(odd),& tbody tr:hover,& thead{background:none;border:0}
& th,& td{border:0;padding:4px 0;vertical-align:baseline;font-size:14px;font-weight:400;text-align:left;white-space:normal;max-width:none;line-height:1.4}
& small{font-size:12px;line-height:1.35}
& ul{list-style:none;margin:0;padding:0}
& li{margin:0;padding:4px 0}
& [title]{cursor:help}
& .good{color:var(--good)}& .warn{color:var(--warn)}& .bad{color:var(--bad)}& .calm{color:var(--calm)}
& .head{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:flex-end;justify-content:space-between;padding:18px 20px}
& .who{flex:1 1 210px;min-width:0}
& .ticker{color:var(--soft);font-weight:500;font-size:15px;letter-spacing:.01em;white-space:nowrap}
& .pill{display:inline-block;border:1px solid var(--line);border-radius:99px;padding:0 9px;margin:4px 6px 0 0;font-size:12px;line-height:20px;color:var(--soft);background:var(--wash)}
& .dot{display:none}
& .sub{color:var(--soft);font-size:13px;margin-top:3px}
& .price{text-align:right;margin-left:auto}
& .price b{display:block;font-size:27px;font-weight:680;letter-spacing:-.02em;line-height:1.15}
& .price span{font-size:13px}
& .alert{flex-basis:100%;border-left:3px solid var(--bad);padding:4px 12px;color:var(--bad);font-weight:600;background:var(--wash)}
& .say{font-size:15.5px;line-height:1.55}
& dl{margin:0}& dt,& dd{float:none;width:auto;display:block;padding:0}& dt{font-weight:650;margin:0 0 2px}& dd{margin:0 0 12px;max-width:72ch}& dd:last-child{margin:0}
& .groups{columns:2 370px;column-gap:40px}
& .groups>div{break-inside:avoid;padding-bottom:20px}
& .groups>div:last-child{padding-bottom:0}
& .groups tr+tr th,& .groups tr+tr td{border-top:1px solid var(--wash)}
& .groups th{color:var(--soft);padding-right:12px}
& .groups td{text-align:right;font-weight:560;white-space:nowrap}
& .groups td+td{width:38%;padding-left:12px;text-align:left;font-weight:400;white-space:normal}
& .groups td small{display:block}
& .beside{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,290px),1fr));gap:20px 34px}
& .glance dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:12px 24px}& .glance dt{font-size:12px;font-weight:400;color:var(--soft);margin:0}& .glance dd{margin:0;font-size:15px}& .glance b{font-weight:650}
& .gist{font-weight:400;color:var(--soft);margin-left:8px}
&>details:not([open]),& .whole>details:not([open]){padding:9px 20px}& details:not([open])>summary{margin:0}&>details+details,& .whole>details+details{border-top-color:var(--wash)}
&>.whole,&>.whole:not([open]){padding:0}& .whole>summary,&>.whole:not([open])>summary{padding:9px 20px;margin:0}
&.reply>.head{padding:12px 20px}&.reply h2{font-size:17px}&.reply .price b{font-size:19px}&.reply>.head{align-items:center}&.reply .who>div{display:inline-block;font-size:12px;margin:2px 10px 0 0}&.reply .pill{margin:0 6px 0 0}&.reply>.head+.say:not(:has(dl)){padding:9px 20px;font-size:12.5px;color:var(--soft)}&.reply>.say+.glance{border-top:0;padding-top:0}
& .item{display:grid;grid-template-columns:auto 1fr;gap:0 10px;align-items:baseline}
& .weighed .item{grid-template-columns:96px 1fr}
& .item b{font-weight:600}
& .mark{display:inline-block;width:18px;height:18px;line-height:17px;border:1px solid currentColor;border-radius:50%;text-align:center;font-size:11px;font-weight:700}
& .mark.on{border-color:transparent;color:var(--accent)}
& .weight{display:inline-flex;align-items:center;gap:7px;font-size:12px;color:var(--soft)}
& .track{display:inline-block;width:58px;height:7px;border-radius:4px;background:var(--wash);border:1px solid var(--line);overflow:hidden}
& .fill{display:block;height:100%;background:var(--heat)}
& .legend{color:var(--soft);font-weight:400;font-size:12px}
& .scroll{overflow-x:auto}
& .grid{width:auto;min-width:min(100%,600px)}
& .grid th,& .grid td{padding:5px 14px 5px 0;border-top:1px solid var(--wash)}
& .grid thead th{color:var(--soft);font-size:12px;border:0;vertical-align:bottom}
& .grid.numeric th+th,& .grid.numeric td{text-align:right;white-space:nowrap}
& .grid.numeric tr>.word{text-align:left}
& .grid.numeric th,& .grid.numeric td{padding:5px 0 5px 14px}& .grid.numeric tr>:first-child{padding-left:0;text-align:left}
& .tools{display:flex;flex-wrap:wrap;gap:4px 14px;align-items:center;font-size:12px;color:var(--soft);min-height:26px}& .tools:not(:has(input)){position:absolute;width:1px;height:1px;min-height:0;overflow:hidden;clip-path:inset(50%)}& .tools input{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--soft);border-radius:6px;padding:2px 8px;width:150px}
& .sort{font:inherit;color:inherit;background:none;border:0;padding:0 13px 0 0;margin:0;cursor:pointer;text-align:inherit;position:relative}& .sort:hover{color:var(--ink)}& .sort:after{content:"↕";position:absolute;right:0;opacity:.45}& [aria-sort=ascending] .sort:after{content:"↑";opacity:1}& [aria-sort=descending] .sort:after{content:"↓";opacity:1}
& .sort:focus-visible,& .tools input:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
& .note{color:var(--soft);font-size:12.5px}
& .notes li{font-size:13px}& .notes b{font-weight:600}
& summary{cursor:pointer;margin:0}& details[open]>summary{margin-bottom:8px}
& section details{border:0;padding:8px 0 0}
& svg{display:block;max-width:none}
& .sketch svg{color:var(--soft);width:100%;height:132px}
& .ends{display:flex;justify-content:space-between;font-size:12px;color:var(--soft);margin:2px 0 6px}
& .sketch p{max-width:none}
&& .sketch .close{stroke:var(--accent)}& .sketch .under{fill:var(--accent)}
& .bars{width:70px;display:inline-block;color:var(--accent)}
& .smalls{display:grid;grid-template-columns:repeat(auto-fit,minmax(230px,1fr));gap:18px 28px}& figure{margin:0;min-width:0}& figcaption{display:flex;flex-wrap:wrap;gap:0 8px;align-items:baseline;font-size:13px;color:var(--soft)}& figcaption b{color:var(--ink);font-weight:650}& figure svg{width:100%;height:84px;color:var(--accent);margin-top:6px}
& footer{background:var(--wash);font-size:12px;color:var(--soft);display:flex;flex-wrap:wrap;gap:2px 20px;justify-content:space-between}
& footer p{margin:0;max-width:none}
@media print{& details::details-content{content-visibility:visible;display:block;block-size:auto}& .scroll{overflow:visible}}
&.error{border-left:4px solid var(--bad)}&.error h2{font-size:16px;font-weight:600;letter-spacing:0}
&.explanation .price span{font-size:14px}
"""


def stylesheet() -> str:
    """All rules of a card, with its light and dark colours."""
    page = _variables(LIGHT, jupyter=True)
    dark = _variables(DARK, jupyter=True)
    themes = (
        f"{SCOPE}{{{page}}}",
        f"@media(prefers-color-scheme:dark){{{SCOPE}{{{dark}}}}}",
        f'[data-jp-theme-light="true"] {SCOPE}{{{page}}}',
        f'[data-jp-theme-light="false"] {SCOPE}{{{dark}}}',
        f"body.vscode-light {SCOPE}{{{_variables(LIGHT, jupyter=False)}}}",
        f"body.vscode-dark {SCOPE}{{{_variables(DARK, jupyter=False)}}}",
    )
    return "".join(themes) + _RULES.strip().replace("&", SCOPE).replace("\n", "")


_JUPYTER = {
    "line": "--jp-border-color2",
    "paper": "--jp-layout-color1",
    "wash": "--jp-layout-color2",
}


def _variables(colours: dict[str, str], *, jupyter: bool) -> str:
    return ";".join(
        f"--{name}:var({_JUPYTER[name]},{colour})"
        if jupyter and name in _JUPYTER
        else f"--{name}:{colour}"
        for name, colour in colours.items()
    )
