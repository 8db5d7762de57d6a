/** Of our own pages, where the widget is not there yet or scripts are off: a notice to be read and printed. */
export const PAGE_CSS = `
:root{color-scheme:light dark;--text:#1c2430;--muted:#5b6675;--line:#dde2e9;--ground:#fff;--accent:#1f5fae;--mark:#fff0a3}
@media (prefers-color-scheme:dark){:root{--text:#e6eaf0;--muted:#a6b0be;--line:#333c48;--ground:#1b212a;--accent:#8ab4ee;--mark:#54450a}}
*{box-sizing:border-box}
html{scroll-padding-top:16px}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.9 -apple-system,BlinkMacSystemFont,"PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",sans-serif;overflow-wrap:break-word}
wence-chat{display:block;min-height:100vh}
.document{max-width:44em;margin:0 auto;padding:32px 20px 64px}
.document h1{font-size:24px;line-height:1.4;margin:0 0 8px}
.document h2,.document h3,.document h4{font-size:17px;line-height:1.6;margin:24px 0 4px}
.document p{margin:0 0 6px;white-space:pre-wrap}
.about{color:var(--muted);font-size:14px;padding-bottom:16px;border-bottom:1px solid var(--line)}
.about a,.message a{color:var(--accent)}
.message{max-width:36em;margin:20vh auto 0;padding:0 20px}
.message h1{font-size:24px}
:target{background:var(--mark)}
@media print{.document{padding:0;max-width:none}}
`;
