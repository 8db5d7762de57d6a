/** Of the notice: a document, with generous leading and the cited words marked. */
export const NOTICE_CSS = `
.notice{display:flex;flex-direction:column;height:100%;min-height:0;background:var(--surface)}
.notice-head{display:flex;align-items:flex-start;gap:8px;padding:14px 20px 6px}
.notice-head>div{flex:1;min-width:0}
.notice-title{font-size:17px;line-height:1.45;font-weight:700;outline:0}
.notice-about{color:var(--muted);font-size:13px;line-height:1.6}
.notice-bar{display:flex;flex-wrap:wrap;align-items:center;gap:8px 10px;padding:4px 20px 10px;border-block-end:1px solid var(--line)}
.notice-steps{display:flex;align-items:center;gap:8px}
.choice:disabled{opacity:.5}
.notice-bar .link{margin-inline-start:auto}
.notice-search{flex:1 1 140px;max-width:24em;min-width:0;min-height:32px;padding:3px 10px;border:1px solid var(--edge);border-radius:8px;background:var(--surface);font-size:13px}
.notice-scroller{flex:1;overflow:auto;overscroll-behavior:contain;padding:12px 24px 40px;outline-offset:-2px}
.notice-contents{margin-block-end:12px;border-block-end:1px solid var(--line);padding-block-end:10px;font-size:14px}
.notice-contents summary{cursor:pointer;color:var(--muted);min-height:28px;line-height:28px}
.notice-outline ol ol{padding-inline-start:1.2em}
.notice-outline button{padding:2px 4px;min-height:26px}
.notice-outline button:hover{color:var(--accent)}
.notice-note{color:var(--warning);font-size:13px}
.notice-text{max-width:44em;line-height:1.9}
.notice-text p{margin-block-end:4px;white-space:pre-wrap}
.notice-text h3,.notice-text h4,.notice-text h5{margin:16px 0 4px;font-size:16px;line-height:1.7}
.notice-text :focus{outline:0}
.notice-text mark{background:var(--mark);color:inherit;border-block-end:1px solid var(--mark-line)}
.notice-text mark.current{border-block-end-width:2px;box-shadow:0 2px 0 -1px var(--mark-line)}
.page.wide [data-tab=notice] .notice-text,.page.wide [data-tab=notice] .notice-contents{margin-inline:auto}
@media (forced-colors:active){.notice-text mark{forced-color-adjust:none;background:Highlight;color:HighlightText}}
@media print{.notice,.notice-scroller{display:block;height:auto;overflow:visible;padding:0}.notice-bar,.notice-contents,.notice-head .tool{display:none!important}.notice-text{max-width:none}}
`;
