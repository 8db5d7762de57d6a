import { STYLE } from './html-style.ts';

/** What the reports on asked questions add to the look of the other reports. */
export const LOG_STYLE = `${STYLE}
:root{--refused:#c7791a;--chat:#9aa5b4}
@media(prefers-color-scheme:dark){:root{--refused:#e3a857;--chat:#66758a}}
.day-answered{fill:var(--accent)}.day-refused{fill:var(--refused)}.day-chat{fill:var(--chat)}.hit{fill:transparent}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:13px;color:var(--soft);margin:8px 0 0}
.key{display:inline-block;width:11px;height:11px;border-radius:3px;margin-right:6px}
.key-answered{background:var(--accent)}.key-refused{background:var(--refused)}.key-chat{background:var(--chat)}
.cards{grid-template-columns:repeat(auto-fit,minmax(min(100%,230px),1fr))}
.card h2{margin:0;font-size:13px;font-weight:500;color:var(--soft)}
.charts.lower,.panel.table{margin-top:12px}
.charts.lower>:first-child{grid-column:1/-1}
.counts{list-style:none;margin:0;padding:0;display:grid;gap:8px}
.counts li{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr) 40px;gap:12px;align-items:center;font-size:13.5px;line-height:1.45}
.chart .counts svg{height:10px;border-radius:5px;overflow:hidden}
.counts b{font-weight:600;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}.wide svg{min-width:680px}
.groups{display:grid;gap:12px;padding:0;margin:0;list-style:none}
.group{display:grid;grid-template-columns:44px minmax(0,1fr);gap:2px 14px}
.group .number{font-size:20px;font-weight:600;color:var(--soft);font-variant-numeric:tabular-nums}
.group h3{margin:0;font-size:17px;line-height:1.45;overflow-wrap:anywhere}
.group .body{border:0;padding:0;grid-column:2;gap:8px}
.chips{display:flex;flex-wrap:wrap;gap:6px}
.chip{border:1px solid var(--line);border-radius:999px;padding:1px 10px;font-size:13px}
.chip b{font-variant-numeric:tabular-nums}
.group dl{margin:0;display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 14px}
.group dt{color:var(--soft);font-size:13px}
.group dd{margin:0;overflow-wrap:anywhere}
.group q{quotes:"「" "」"}
.group dd small{display:block}
footer{margin-top:36px;color:var(--soft);font-size:13px}
@media(max-width:640px){.cards{grid-template-columns:1fr 1fr}.counts li{grid-template-columns:minmax(0,1fr) 40px}.counts span{grid-column:1/-1;margin-bottom:-8px}.group{grid-template-columns:28px minmax(0,1fr)}.group dl{grid-template-columns:minmax(0,1fr)}.group dt{margin-top:4px}}
@media print{.group{break-inside:avoid}}
`;
