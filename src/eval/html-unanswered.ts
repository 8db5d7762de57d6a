import { toMinute } from './days.ts';
import { ALIKE } from './question-groups.ts';
import { WEAK_SUPPORT } from './doubts.ts';
import { renderCountBars, renderDayBars } from './html-bars.ts';
import { escapeHtml } from '../render/html-escape.ts';
import { LOG_STYLE } from './html-log-style.ts';
import { openPage } from './html-page.ts';
import { renderChart } from './html-usage.ts';
import { describeCounts, describePeriod, describeReason, describeWording, toPercent } from './report-words.ts';
import type { ReportWords } from './report-words.ts';
import type { UnansweredGroup, UnansweredReport } from './unanswered.ts';

const MOST_PLACES = 12;

function renderGroup(group: UnansweredGroup, words: ReportWords): string {
  const chips = group.reasons.map((reason) => `<span class="chip">${escapeHtml(describeReason(words, reason))} <b>${reason.count}</b></span>`);
  const nearest = group.nearest.map(({ label, citedText }) => `<small class="soft">${escapeHtml(label)}</small><q>${escapeHtml(citedText)}</q>`);
  const details = ([
    ['missing', group.missing.length === 0 ? [] : [escapeHtml(group.missing.join('、'))]],
    ['wordings', group.wordings.map((wording) => escapeHtml(describeWording(words, wording)))],
    ['comments', group.comments.map(escapeHtml)],
    ['nearest', nearest],
  ] as const).filter(([, lines]) => lines.length > 0);
  return `<li class="panel group" id="q${group.number}"><span class="number">${group.number}</span><h3>${escapeHtml(group.question)}</h3><div class="body">`
    + `<p class="soft">${escapeHtml(`${words('timesOf', { count: group.count })}，${words('lastAskedAt', { at: toMinute(group.lastAt) })}，${describeCounts(words, group.channels)}`)}</p>`
    + `<div class="chips">${chips.join('')}</div><dl>${details.map(([key, lines]) => `<dt>${escapeHtml(words(key))}</dt><dd>${lines.map((line) => `<div>${line}</div>`).join('')}</dd>`).join('')}</dl></div></li>`;
}

/** The questions as one page that needs nothing else, loads nothing and runs nothing. */
export function renderUnansweredHtml(report: UnansweredReport, words: ReportWords): string {
  const title = words('unanswered');
  const { asked, doubtful, groups, days, places } = report;
  const charts = groups.length === 0 ? '' : `<h2>${escapeHtml(words('byDayUnanswered'))}</h2><div class="panel chart"><div class="wide" tabindex="0">`
    + `${renderDayBars(title, days.map(({ name }) => name), [{ name: title, look: 'refused', counts: days.map(({ count }) => count) }])}</div></div>`
    + `<section class="charts lower">${places.length === 0 ? '' : renderChart(words('byNearest'), renderCountBars(places.slice(0, MOST_PLACES)))}</section>`;
  return [
    `${openPage({ lang: 'zh-CN', title: `${title} ${describePeriod(words, report)}`, style: LOG_STYLE })}<main>`,
    `<header><h1>${escapeHtml(title)}</h1><p class="soft">${escapeHtml(`${describePeriod(words, report)}　${words('askedOf', { groups: groups.length, doubtful, asked })}`)}</p></header>`,
    charts,
    groups.length === 0 ? `<p class="panel empty">${escapeHtml(words('nothingDoubtful'))}</p>` : `<h2>${escapeHtml(words('question'))}</h2><ol class="groups">${groups.map((group) => renderGroup(group, words)).join('\n')}</ol>`,
    `<footer><p>${escapeHtml(words('threshold', { percent: toPercent(WEAK_SUPPORT) }))}${escapeHtml(words('alike', { percent: toPercent(ALIKE) }))}${escapeHtml(words('caveat'))}。</p></footer>`,
    '</main></body></html>\n',
  ].join('\n');
}
