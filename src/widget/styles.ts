/** Adds rules to a shadow root: as a constructable sheet, since strict pages refuse `<style>` elements and attributes. */
export function addStyles(root: ShadowRoot, css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/**
 * `!important` inside a shadow root wins over that of the page: whatever a page does to all elements, the host keeps no box of its own
 * (launcher), or a plain block (inline, page). What has a size and a place is inside.
 */
const HOST = `
:host{all:initial!important;display:contents!important}
:host([mode=inline]),:host([mode=page]){display:block!important}
:host([hidden]){display:none!important}
*,::before,::after{box-sizing:border-box}
[hidden]{display:none!important}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;margin:0;padding:0;border:0}
`;

const COLOURS = `
.root{--accent:var(--wence-accent,#1f5fae);--on-accent:var(--wence-on-accent,#fff);--bubble:var(--accent);--on-bubble:var(--on-accent);--tint:#e8f0fa;--text:#1c2430;--muted:#5b6675;--line:#dde2e9;--edge:#8a94a3;--surface:#fff;--ground:#f5f7f9;--mark:#fff0a3;--mark-line:#d99e00;--warning:#9a5b00;--good:#17703d;--danger:#b42318;--radius:var(--wence-radius,12px);--shade:0 8px 32px rgba(16,32,56,.16);color-scheme:light}
.root.dark{--accent:var(--wence-accent-dark,#8ab4ee);--on-accent:#0d1b2e;--bubble:#27496f;--on-bubble:#fff;--tint:#1e3049;--text:#e6eaf0;--muted:#a6b0be;--line:#333c48;--edge:#76818f;--surface:#1b212a;--ground:#12171e;--mark:#54450a;--mark-line:#e6b800;--warning:#f0b255;--good:#74cf9b;--danger:#ff9a8f;--shade:0 8px 32px rgba(0,0,0,.5);color-scheme:dark}
@media (prefers-contrast:more){.root{--muted:var(--text);--line:var(--edge);--edge:var(--text)}}
`;

const FRAME = `
.root{color:var(--text);font:15px/1.65 var(--wence-font,"PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",sans-serif);text-align:start;overflow-wrap:break-word}
.root[lang=zh-TW]{font-family:var(--wence-font,"PingFang TC","Microsoft JhengHei","Noto Sans CJK TC",sans-serif)}
button,textarea,input,select{font:inherit;color:inherit}
button{cursor:pointer;background:none;border:0;padding:0;margin:0;text-align:start}
button:disabled{cursor:default}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.panel:focus,.side:focus,.history:focus{outline:0}
h1,h2,p,ol,ul{margin:0;padding:0;list-style:none}
.flipped{transform:rotate(180deg)}
.icon{width:18px;height:18px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round;flex:none}
.panel{display:flex;flex-direction:column;background:var(--ground);border:1px solid var(--line);border-radius:var(--radius);overflow:hidden}
.launcher-button,.launcher .panel{position:fixed;bottom:24px;inset-inline-end:24px;z-index:var(--wence-z,2147483000);box-shadow:var(--shade)}
.launcher-button{display:flex;align-items:center;gap:8px;min-height:48px;max-width:min(320px,calc(100vw - 32px));padding:0 20px;border-radius:24px;background:var(--accent);color:var(--on-accent);font-weight:600}
.launcher-button .icon{width:22px;height:22px}
.launcher .panel{bottom:84px;width:400px;max-width:calc(100vw - 48px);height:min(640px,calc(100vh - 108px))}
.left .launcher-button,.left .panel{inset-inline:24px auto}
.launcher.beside .panel{width:880px}
.launcher:not(.left).beside .body{flex-direction:row-reverse}
.phone.is-open .launcher-button{display:none}
.phone.launcher .panel{inset:var(--seen-top,0) 0 auto;width:100%;max-width:none;height:var(--seen-height,100vh);border:0;border-radius:0}
.inline .panel{height:var(--wence-height,640px)}
.page .panel{height:100vh;height:100dvh;border:0;border-radius:0}
.phone.page .panel{position:fixed;inset:var(--seen-top,0) 0 auto;height:var(--seen-height,100vh)}
.header{background:var(--surface);border-bottom:1px solid var(--line)}
.bar{display:flex;flex-wrap:wrap;align-items:center;gap:0 10px;padding:10px 12px 0 16px}
.logo{display:grid;place-items:center;width:26px;height:26px;border-radius:7px;background:var(--accent);color:var(--on-accent);font-size:15px;font-weight:700;line-height:1;flex:none}
.bar .name{font-size:16px;line-height:1.65;flex:1}
.name,.about,.launcher-button .label,.earlier span{min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.about{display:none}
.buttons{display:flex;gap:2px}
.tabs{order:9;flex-basis:100%;display:flex;gap:4px;margin-inline-start:-8px}
.tab{position:relative;padding:7px 10px 9px;color:var(--muted);font-size:14px}
.tab:hover{color:var(--text)}
.tab[aria-current=true]{color:var(--accent);font-weight:600}
.tab[aria-current=true]::after{content:"";position:absolute;inset:auto 10px 0;height:2px;background:var(--accent)}
.wide.page .bar{flex-wrap:nowrap;padding:0 16px 0 24px;min-height:56px}
.wide.page .bar .name{flex:none;max-width:24em}
.wide.page .tabs{order:0;flex:none;margin-inline-start:16px;align-self:stretch}
.wide.page .tab{padding-inline:14px}
.wide.page .tab[aria-current=true]::after{inset-inline:14px}
.wide.page .about{display:block;flex:1;text-align:end;color:var(--muted);font-size:13px}
.tool{display:inline-flex;align-items:center;justify-content:center;gap:5px;min-width:32px;min-height:32px;padding:0 6px;border-radius:8px;color:var(--muted);font-size:13px}
.tool:hover{background:var(--tint);color:var(--text)}
.tool[aria-pressed=true]{background:var(--tint);color:var(--accent)}
.banner{padding:6px 16px;border-top:1px solid var(--line);border-inline-start:3px solid var(--warning);color:var(--warning);font-size:13px}
.body{position:relative;display:flex;flex:1;min-height:0}
.main{flex:1;min-width:0;display:flex}
.view{display:none;flex:1;min-width:0;min-height:0;flex-direction:column}
[data-tab=chat] .chat-tab,[data-tab=targets] .targets-tab,[data-tab=history] .history-tab{display:flex}
.side{background:var(--surface);overflow:auto;position:absolute;inset:0;z-index:1}
.wide .side{position:static;flex:0 0 36%;min-width:380px;border-inline-start:1px solid var(--line)}
.launcher.wide .side{flex:1;border-inline:1px solid var(--line)}
.launcher.wide .main{flex:0 0 400px}
[data-tab=notice] .main{display:none}
.wide [data-tab=notice] .side{flex:1;border:0}
`;

const CONVERSATION = `
.log{flex:1;overflow:auto;overscroll-behavior:contain;outline-offset:-2px}
.inner{display:flex;flex-direction:column;gap:16px;max-width:792px;margin-inline:auto;padding:16px}
.page.wide .inner{padding:24px 16px}
.welcome{padding-block:8px}
h2{font-size:20px;line-height:1.4}
.welcome p{color:var(--muted);margin-top:6px}
.heading,.welcome .heading{font-size:13px;color:var(--muted);margin-block:16px 8px}
.examples,.suggestions{display:flex;flex-wrap:wrap;gap:8px}
.suggestions:empty{display:none}
.suggestion{padding:6px 14px;border:1px solid var(--line);border-radius:18px;background:var(--surface);color:var(--accent);font-size:14px;line-height:1.5}
.suggestion:hover{border-color:var(--accent)}
.turn{display:flex;flex-direction:column;gap:12px}
.turn:not(:last-child) .last{display:none!important}
.asked{display:flex;justify-content:flex-end;align-items:center;gap:4px;padding-inline-start:32px}
.bubble{padding:8px 14px;border-radius:var(--radius) var(--radius) 2px var(--radius);background:var(--bubble);color:var(--on-bubble);white-space:pre-wrap;min-width:0}
:host(:dir(rtl)) .bubble{border-radius:var(--radius) var(--radius) var(--radius) 2px}
.card{padding:14px 16px 10px;background:var(--surface);border:1px solid var(--line);border-radius:2px var(--radius) var(--radius) var(--radius);max-width:720px;width:fit-content;min-width:min(100%,300px)}
.card.refused,.card.failed{border-inline-start:3px solid var(--warning)}
.lead{font-size:22px;line-height:1.4;font-weight:700;margin-bottom:4px}
.text{white-space:pre-wrap}
.text:empty,.rest:empty{display:none}
.activity{display:flex;align-items:center;gap:8px;color:var(--muted);font-size:14px}
.activity::before{content:"";width:8px;height:8px;border-radius:50%;background:var(--accent);flex:none}
.text:not(:empty)+.activity{margin-top:6px}
.chip,.number{display:inline-block;flex:none;min-width:20px;height:20px;padding:0 5px;border-radius:6px;background:var(--tint);color:var(--accent);font-size:12px;font-weight:700;line-height:20px;text-align:center}
.kept{white-space:nowrap}
.chip{margin-inline:3px 1px;vertical-align:2px}
.chip:hover,.place:hover .number{background:var(--accent);color:var(--on-accent)}
.places{margin-top:10px;padding-top:8px;border-top:1px solid var(--line)}
.place{display:flex;gap:8px;width:100%;padding:3px 0;font-size:13px;line-height:1.55;color:var(--muted)}
.place:hover .label{color:var(--accent);text-decoration:underline}
.words{min-width:0}
.words q{display:block;color:var(--text);font-size:14px;quotes:none}
.nearest,.feedback{margin-top:10px;padding:8px 12px;border-radius:8px;background:var(--ground)}
.card .heading{margin:0 0 2px}
.nearest .places{margin:0;padding:0;border:0}
.note,.told{margin-top:8px;color:var(--muted);font-size:13px}
.told{margin:0 4px}
.problem{color:var(--warning);font-size:14px}
.text:not(:empty)~.rest>.problem{margin-top:8px}
.tools{display:flex;flex-wrap:wrap;align-items:center;gap:2px;margin-top:6px;margin-inline-start:-6px}
.verified{display:inline-flex;align-items:center;gap:4px;margin-inline:6px 8px;color:var(--good);font-size:13px}
.root:not(.wide) .verified,.launcher .verified{flex-basis:100%}
.verified .icon{width:15px;height:15px;stroke-width:2.5}
.choices{display:flex;flex-wrap:wrap;gap:8px;margin-top:8px}
.choice{padding:4px 12px;min-height:32px;border:1px solid var(--edge);border-radius:8px;background:var(--surface);font-size:13px}
.choice:hover{border-color:var(--accent);color:var(--accent)}
.choice[aria-pressed=true]{background:var(--tint);border-color:var(--accent);color:var(--accent)}
.strong,.strong:hover{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
.feedback .field{width:100%;margin-top:8px;padding:6px 10px;border:1px solid var(--edge);border-radius:8px;background:var(--surface);font-size:14px;resize:vertical}
.link{color:var(--accent);font-size:13px;min-height:24px}
.link:hover{text-decoration:underline}
.bottom{width:100%;max-width:792px;margin-inline:auto;padding:8px 16px}
.box{display:flex;align-items:flex-end;gap:8px;padding:7px;border:1px solid var(--edge);border-radius:var(--radius);background:var(--surface)}
.box:focus-within{outline:2px solid var(--accent);outline-offset:-1px}
.box.over{outline:2px solid var(--danger)}
.box .field{flex:1;min-width:0;max-height:168px;padding:4px 6px;border:0;outline:0;background:none;resize:none;line-height:1.6}
::placeholder{color:var(--muted);opacity:1}
.counter{align-self:flex-end;padding-bottom:6px;color:var(--muted);font-size:12px}
.over .counter{color:var(--danger)}
.send{display:grid;place-items:center;width:34px;height:34px;border-radius:9px;background:var(--accent);color:var(--on-accent);flex:none}
.send:disabled{background:var(--tint);color:var(--muted)}
.send.stops{background:var(--text);color:var(--surface)}
.stops .icon{width:16px;height:16px;fill:currentColor}
.editing{display:flex;gap:12px;align-items:center;padding:2px 4px 4px;color:var(--muted);font-size:13px}
.foot{display:flex;flex-wrap:wrap;justify-content:center;align-items:center;gap:0 12px;padding-top:6px;color:var(--muted);font-size:12px}
.foot .link{font-size:12px;color:inherit;text-decoration:underline;}
.foot .link:empty{display:none}
.history{flex:1;overflow:auto}
.history .choice{align-self:flex-start}
.past li{display:flex;align-items:center;gap:4px;border-bottom:1px solid var(--line)}
.past .note{padding-block:12px}
.earlier{flex:1;min-width:0;padding:10px 4px;display:flex;flex-direction:column}
.earlier:hover{color:var(--accent)}
.earlier time{color:var(--muted);font-size:12px}
`;

const MEDIA = `
@media (prefers-reduced-motion:no-preference){
@keyframes appear{from{opacity:0}}
@keyframes breathe{50%{opacity:.3}}
.sentence,.lead,.rest>*,.launcher .panel{animation:appear .12s ease-out}
.activity::before{animation:breathe 1.2s ease-in-out infinite}
}
@media (forced-colors:active){
.chip,.number,.bubble,.logo,.send,.launcher-button,.nearest,.feedback,.card{border:1px solid}
.card.refused,.card.failed{border-inline-start-width:4px}
[aria-pressed=true],[aria-current=true],.strong{forced-color-adjust:none;background:Highlight!important;color:HighlightText!important}
.activity::before{background:CanvasText}
}
@media print{
.root.root{--text:#000;--muted:#333;--surface:#fff;--ground:#fff;--bubble:#fff;--on-bubble:#000;--tint:#fff;--accent:#000;color-scheme:light}
.launcher,.bottom,.buttons,.tabs,.tool,.suggestions,.choices,.feedback,.banner,.link{display:none!important}
.root .panel,.body,.main,.log,.view,.history,.side{position:static!important;display:block;height:auto!important;width:auto!important;max-width:none!important;overflow:visible!important;border:0!important;box-shadow:none!important}
.view,[data-tab=chat] .side{display:none}
.bar,.inner{padding-inline:0!important}
.about{display:block!important;text-align:start!important}
.asked{justify-content:flex-start;padding:0}
.bubble{padding:0;font-weight:700}
.card{max-width:none;width:auto;break-inside:avoid}
.chip,.number{border:1px solid}
}
`;

/** Of the frame and the conversation; the views of the notice and its targets bring their own. */
export const CHAT_CSS = HOST + COLOURS + FRAME + CONVERSATION + MEDIA;
