/** Of the table of targets: one that people would print; cards where there is no room for columns. */
export const TARGETS_CSS = `
.targets{flex:1;min-height:0;overflow:auto;padding:16px 20px 40px;outline-offset:-2px}
.targets-bar{display:flex;flex-wrap:wrap;align-items:center;gap:8px;margin-block-end:12px}
.targets-field{min-height:34px;max-width:16em;padding:4px 10px;border:1px solid var(--edge);border-radius:8px;background:var(--surface);font-size:14px}
.targets-words{flex:1 1 140px;min-width:0;max-width:none}
.targets-take{display:flex;gap:14px;margin-inline-start:auto}
.targets-table{width:100%;border-collapse:collapse;background:var(--surface);border:1px solid var(--line);font-size:14px;line-height:1.6}
.targets-table th,.targets-table td{padding:8px 12px;border-block-end:1px solid var(--line);text-align:start;vertical-align:top}
.targets-table thead th{position:sticky;top:-16px;background:var(--ground);white-space:nowrap;z-index:1}
.targets-sort{display:inline-flex;align-items:center;gap:4px;color:var(--muted);font-size:13px;font-weight:600;min-height:24px}
.targets-sort .icon{width:14px;height:14px}
.targets-table tbody th{font-weight:400;min-width:10em}
.targets-table td:last-child{min-width:12em}
.wide td:nth-child(3),.targets-figure{white-space:nowrap}
.targets-figure{font-weight:700}
.targets-percent{display:block;inline-size:72px;block-size:4px;margin-block-start:3px;border-radius:2px;background:var(--line);overflow:hidden}
.targets-percent span{display:block;block-size:100%;background:var(--accent)}
.targets-note{margin-block:10px;color:var(--muted);font-size:13px}
.targets-note:empty{display:none}
.root:not(.wide) .targets{padding:12px 14px 32px}
.root:not(.wide) .targets-table thead tr{display:flex;flex-wrap:wrap;padding:0 8px}
.root:not(.wide) .targets-table thead th{border:0;padding:6px}
.root:not(.wide) .targets-table,.root:not(.wide) .targets-table tbody{display:block;border:0;background:none}
.root:not(.wide) .targets-table tr{display:block;margin-block-end:10px;padding:10px 14px;border:1px solid var(--line);border-radius:var(--radius);background:var(--surface)}
.root:not(.wide) .targets-table tbody th,.root:not(.wide) .targets-table td{display:flex;gap:10px;padding:2px 0;border:0;min-width:0}
.root:not(.wide) .targets-table tbody th{font-weight:600;font-size:15px}
.root:not(.wide) .targets-table td::before{content:attr(data-label);flex:0 0 5.5em;color:var(--muted);font-weight:400}
.root:not(.wide) .targets-table td.empty{display:none}
@media (forced-colors:active){.targets-percent{border:1px solid}.targets-percent span{forced-color-adjust:none;background:Highlight}}
@media print{td .link{display:inline!important}.targets{overflow:visible;padding:0}.targets-bar{display:none!important}.targets-table thead th{position:static}.targets-table tr{break-inside:avoid}}
`;
