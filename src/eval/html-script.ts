/**
 * The report's own script: it fills the list of cases from the data blocks, by text nodes alone, as far as they are asked for.
 */
export const SCRIPT = `'use strict';
const read = (element) => JSON.parse(element.textContent);
const records = [...document.querySelectorAll('script.case-data')].flatMap(read);
const places = Object.assign({}, ...[...document.querySelectorAll('script.place-data')].map(read));
const list = document.getElementById('cases');
const shown = document.getElementById('shown');
const more = document.getElementById('more');
const controls = { search: document.getElementById('search'), set: document.getElementById('set'), kind: document.getElementById('kind'), verdict: document.getElementById('verdict'), form: document.getElementById('form') };
const PAGE = 100;
const WORDS = { pass: '✓ pass', fail: '✗ fail', error: '! error', skip: '– skip' };

function make(tag, className, text, lang) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  if (lang) element.lang = lang;
  return element;
}
function part(body, title, ...children) {
  const section = make('section');
  section.append(make('h4', '', title), ...children);
  body.append(section);
}
function renderPlace({ passageId, label, start, end, text }, prefix) {
  const box = make('div', 'place', undefined, 'zh-CN');
  box.append(make('small', 'soft', (prefix ? prefix + ' ' : '') + label));
  const place = places[passageId];
  const from = place ? start - place.start : -1;
  const to = place ? end - place.start : -1;
  if (!place || from < 0 || to > place.text.length || from >= to) {
    if (text) box.append(make('mark', '', text));
    else if (place) box.append(document.createTextNode(place.text));
    return box;
  }
  box.append(place.text.slice(0, from), make('mark', '', place.text.slice(from, to)), place.text.slice(to));
  return box;
}
function renderBody(record) {
  const body = make('div', 'body');
  for (const { role, content } of record.history || []) part(body, role === 'user' ? 'asked before' : 'answered before', make('p', '', content, 'zh-CN'));
  if (record.expected) part(body, 'expected', make('p', '', record.expected, 'zh-CN'));
  if (record.reasons.length > 0) part(body, record.verdict === 'skip' ? 'not asked because' : 'not right because', ...record.reasons.map((reason) => make('p', 'fail', reason)));
  const answer = record.answer;
  if (answer) {
    part(body, 'answer (' + answer.status + ', ' + answer.mode + (answer.degraded ? ', degraded: ' + answer.degraded.reason : '') + ')', make('p', '', answer.answer, 'zh-CN'));
    if (answer.standaloneQuestion !== record.question) part(body, 'understood as', make('p', '', answer.standaloneQuestion, 'zh-CN'));
    if (answer.citations.length > 0) part(body, 'cited', ...answer.citations.map((citation) => renderPlace({ ...citation, text: citation.citedText }, '[' + citation.n + ']')));
    const nearest = answer.refusal ? answer.refusal.nearest : [];
    if (nearest.length > 0) part(body, 'nearest passages', ...nearest.map((citation) => renderPlace({ ...citation, text: citation.citedText })));
    const evidence = (answer.evidence || []).slice(0, 5);
    if (evidence.length > 0) {
      const ranked = make('details');
      ranked.append(make('summary', '', 'ranked sentences'));
      const inner = make('div', 'body');
      evidence.forEach((sentence, index) => inner.append(renderPlace({ ...sentence, label: sentence.passageId }, index + 1 + '. ' + sentence.score.toFixed(3))));
      ranked.append(inner);
      body.append(ranked);
    }
  }
  const measures = make('div', 'measures');
  for (const [name, [sum, n]] of Object.entries(record.measures)) measures.append(make('span', '', name + ' ' + (n === 0 ? '–' : Number((sum / n).toFixed(3)))));
  if (record.ms !== undefined) measures.append(make('span', '', record.ms.toFixed(1) + ' ms' + (record.cached ? ' (cached)' : '')));
  body.append(measures);
  return body;
}
function renderCase(record) {
  const box = make('details');
  box.dataset.verdict = record.verdict;
  const head = make('summary');
  const about = [record.id, record.kind, record.perturbation, record.repeat > 1 ? 'repeat ' + record.repeat : ''].filter(Boolean).join(' · ');
  head.append(make('span', 'state ' + record.verdict, WORDS[record.verdict]), make('span', 'id', about), make('span', 'question', record.question || '(set aside: not shown)', 'zh-CN'));
  box.append(head);
  box.addEventListener('toggle', () => { if (box.open && box.childElementCount === 1) box.append(renderBody(record)); });
  return box;
}
const textOf = (record) => [record.id, record.set, record.question, record.expected, record.answer ? record.answer.answer : '', ...record.reasons].join(' ').normalize('NFKC').toLowerCase();
const texts = new WeakMap();
function matches(record, words) {
  if (!texts.has(record)) texts.set(record, textOf(record));
  return words.every((word) => texts.get(record).includes(word));
}
let found = [];
let told = 0;
function showMore() {
  const next = found.slice(told, told + PAGE);
  list.append(...next.map(renderCase));
  told += next.length;
  shown.textContent = told + ' of ' + found.length + ' shown, ' + records.length + ' in all';
  more.hidden = told >= found.length;
}
function filter() {
  const words = controls.search.value.normalize('NFKC').toLowerCase().split(/\\s+/).filter(Boolean);
  const { value: set } = controls.set;
  const { value: kind } = controls.kind;
  const { value: verdict } = controls.verdict;
  const { value: form } = controls.form;
  found = records.filter((record) => (set === '' || record.set === set) && (kind === '' || record.kind === kind)
    && (verdict === '' || (verdict === 'not-right' ? record.verdict === 'fail' || record.verdict === 'error' : record.verdict === verdict))
    && (form === '' || (form === 'as-written' ? !record.perturbation : record.perturbation === form)) && matches(record, words));
  told = 0;
  list.replaceChildren(...(found.length === 0 ? [make('p', 'empty', 'No case is like that.')] : []));
  showMore();
}
function fill(select, values) {
  for (const value of values) {
    const option = make('option', '', value);
    option.value = value;
    select.append(option);
  }
}
fill(controls.set, [...new Set(records.map((record) => record.set))]);
fill(controls.kind, [...new Set(records.map((record) => record.kind))]);
fill(controls.form, [...new Set(records.flatMap((record) => (record.perturbation ? [record.perturbation] : [])))]);
if (records.some((record) => record.verdict === 'fail' || record.verdict === 'error')) controls.verdict.value = 'not-right';
let timer;
controls.search.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(filter, 120); });
for (const name of ['set', 'kind', 'verdict', 'form']) controls[name].addEventListener('change', filter);
more.addEventListener('click', showMore);
const chooser = document.getElementById('figures-of');
if (chooser) chooser.addEventListener('change', () => { for (const table of document.querySelectorAll('tbody[data-set]')) table.hidden = table.dataset.set !== chooser.value; });
filter();
`;
