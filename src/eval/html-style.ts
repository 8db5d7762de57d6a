/** The report's look: quiet, one accent, nothing loaded from anywhere. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1d2530;--soft:#5b6676;--line:#dfe4ea;--paper:#fff;--back:#f6f8fa;--accent:#1f5fae;--pass:#1a7f4b;--fail:#b3372f;--warn:#8a5a00;--mark:#fff1a8;--markline:#c9a400;--radius:12px}
@media(prefers-color-scheme:dark){:root{--ink:#e4e9f0;--soft:#a3afbf;--line:#333d4a;--paper:#171d25;--back:#10151b;--accent:#7fb2f0;--pass:#5fca92;--fail:#f08a80;--warn:#e0b354;--mark:#5b4b00;--markline:#d9b92e}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:15px/1.6 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",sans-serif}
main{max-width:1180px;margin:0 auto;padding:24px 20px 64px}
h1{font-size:22px;line-height:1.3;margin:0 0 4px;overflow-wrap:anywhere}
h2{font-size:17px;margin:36px 0 12px}
p{margin:0 0 8px}
.soft,small{color:var(--soft)}
.card,.panel{background:var(--paper);border:1px solid var(--line);border-radius:var(--radius)}
.panel{padding:16px 18px;min-width:0}
figure{margin:0;min-width:0}
.gates{list-style:none;margin:14px 0 0;padding:0;display:grid;gap:6px}
.gates li{display:flex;gap:8px;align-items:baseline;overflow-wrap:anywhere}
.state{font-weight:600;white-space:nowrap}
.pass{color:var(--pass)}.fail{color:var(--fail)}.error{color:var(--warn)}.skip{color:var(--soft)}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:12px;margin-top:20px}
.card{padding:14px 16px}
.card h3{margin:0;font-size:13px;font-weight:500;color:var(--soft)}
.card .value{font-size:28px;line-height:1.25;font-weight:600;font-variant-numeric:tabular-nums}
.card svg{display:block;width:100%;height:14px;margin:6px 0 2px}
.card small{display:block;font-size:12.5px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:6px 10px;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
th{font-weight:600;font-size:13px;color:var(--soft)}
th:first-child,td:first-child{text-align:left}
td.what,th.what{text-align:left;white-space:normal;color:var(--soft);min-width:190px}
tr.group th{padding-top:18px;color:var(--ink);text-align:left}
tbody tr:last-child td{border-bottom:0}
code{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,460px),1fr));gap:12px}
.chart svg{display:block;width:100%;height:auto}
.chart h3{margin:0 0 8px;font-size:14px}
text{font:12px system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",sans-serif;fill:var(--ink)}
text.soft{fill:var(--soft)}
.bar{fill:var(--accent)}.track{fill:var(--line)}.whisker{stroke:var(--ink);stroke-width:1.5}.axis{stroke:var(--line)}
.fill-pass{fill:var(--pass)}.fill-fail{fill:var(--fail)}.fill-error{fill:var(--warn)}.fill-skip{fill:var(--line)}
.rule{stroke:var(--fail);stroke-dasharray:3 3}
.tools{display:flex;flex-wrap:wrap;gap:8px;margin-bottom:12px}
input,select,button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:7px 10px;max-width:100%}
input{flex:1 1 240px;min-width:0}
button{cursor:pointer}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.cases{display:grid;gap:8px;grid-template-columns:minmax(0,1fr)}
details{background:var(--paper);border:1px solid var(--line);border-radius:10px}
details[data-verdict=fail],details[data-verdict=error]{border-left:3px solid var(--fail)}
summary{cursor:pointer;padding:9px 14px;display:grid;grid-template-columns:64px minmax(0,200px) minmax(0,1fr);gap:10px;align-items:baseline;list-style:none}
summary::-webkit-details-marker{display:none}
summary .id{font-size:12.5px;color:var(--soft);overflow-wrap:anywhere}
summary .question{overflow-wrap:anywhere}
.body details>summary{display:block;font-size:13px;color:var(--soft)}
.body{padding:4px 16px 14px;min-width:0;border-top:1px solid var(--line);display:grid;gap:12px}
.body h4{margin:8px 0 0;font-size:12.5px;font-weight:600;color:var(--soft)}
.body p{overflow-wrap:anywhere;white-space:pre-wrap;margin:2px 0 0}
.place{border-left:2px solid var(--line);padding-left:12px;line-height:1.9}
.place small{display:block;line-height:1.5}
mark{background:var(--mark);color:inherit;border-bottom:2px solid var(--markline);padding:1px 0}
.measures{display:flex;flex-wrap:wrap;gap:4px 14px;font-size:12.5px;color:var(--soft)}
.more{justify-self:center}
.empty{padding:24px;text-align:center;color:var(--soft)}
@media(max-width:640px){main{padding:16px 12px 48px}.cards{grid-template-columns:repeat(auto-fill,minmax(150px,1fr))}summary{grid-template-columns:56px minmax(0,1fr)}summary .question{grid-column:1/-1}.card .value{font-size:24px}}
@media print{.tools,.more{display:none}body{background:#fff}details{break-inside:avoid}}
@media(prefers-reduced-motion:no-preference){details,button{transition:border-color .12s}}
`;
