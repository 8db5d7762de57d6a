import type { Notice } from '../../corpus/notice.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { createTerm } from './term.ts';
import type { Term } from './term.ts';

/** 鹤浔市图书馆（以下简称“市图”） */
const SHORTENS = /(\p{Script=Han}{4,24})[(（](?:以下|下)?(?:统一)?(?:简称|称)[:：为]?[“"「]?(\p{Script=Han}{2,8})[”"」]?[）)]/gu;
/** What an institution is called by: 图书馆, 卫生院, 交通局. */
const INSTITUTION = /(?:馆|院|校|局|厅|委|中心|公司|集团|协会|所|站|园|厂|社|宫|部|处)$/u;
const SHORTEST = 2;

interface ShortName {
  readonly full: string;
  readonly short: string;
}

const known = new WeakMap<Notice, readonly ShortName[]>();

/** The institutions that a notice gives a shorter name; both folded. */
function findShortNames(notice: Notice): readonly ShortName[] {
  const found = known.get(notice) ?? [...foldForMatching(notice.text).matchAll(SHORTENS)].map(([, full = '', short = '']) => ({ full, short })).filter(({ full }) => INSTITUTION.test(full));
  known.set(notice, found);
  return found;
}

/** The terms, those that name an institution also by the shorter name that the notices give it: they write nothing else from there on. */
export function addShortNames(terms: readonly Term[], notices: readonly Notice[]): readonly Term[] {
  const names = notices.flatMap(findShortNames);
  if (names.length === 0) return terms;
  return terms.map((term) => {
    const shorter = term.text.length < SHORTEST || !INSTITUTION.test(term.text) ? [] : names.flatMap(({ full, short }) => (full.endsWith(term.text) && !term.alternatives.includes(short) ? [short] : []));
    return shorter.length === 0 ? term : createTerm({ ...term, alternatives: [...term.alternatives, ...shorter] });
  });
}
