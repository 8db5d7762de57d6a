import { findFirmMisses } from '../evidence/firm-misses.ts';
import { citeClauses, findKnownMisses, widenClause } from '../evidence/reading.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import { figuresOf } from '../evidence/scene.ts';

/** Times that are told by a name rather than a number: 国庆节前, 年内, 自印发之日起. */
const NAMED_TIME = /(?:国庆|春节|元旦|五一|端午|中秋|清明|暑假|寒假|汛期|开学|入冬|供暖季|毕业季)(?:节|假期?)?(?:期间|之?[前后内])?|(?:上|下)半年|[一二三四]季度|(?:周|星期)[一二三四五六日天]|年内|年底前?|年末|之日起|另行(?:通知|公布|确定)/u;
const ENOUGH = 0.55;
const LOOKED_AT = 3;

/** The clause that tells a time by name, where the best sentences give no date for what is asked; undefined where none does. */
export function readNamedTime(matter: ReadingMatter): Reading | undefined {
  for (const scored of matter.sentences.slice(0, LOOKED_AT)) {
    const ranked = scored.clauses.map((clause, index) => ({ clause, index })).toSorted((left, right) => right.clause.score - left.clause.score);
    const found = ranked.find(({ clause }) => clause.coverage >= ENOUGH && NAMED_TIME.test(clause.clause.text) && findFirmMisses(matter, clause.strengths).length === 0 && findKnownMisses(matter, clause.strengths).length === 0);
    if (found === undefined) continue;
    const [from, to] = widenClause(matter, scored, found.index, (clause) => figuresOf(scored.clauses[clause]?.clause ?? found.clause.clause).length === 0);
    return { verdict: 'answered', shape: 'sentences', points: [{ span: citeClauses(scored, from, to) }] };
  }
  return undefined;
}
