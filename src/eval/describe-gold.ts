import { isAttack } from './attack-cases.ts';
import type { AnyCase } from './cases.ts';
import { describePattern } from './patterns.ts';

/** What a case wants, in words, for people: `yes; 90% | 九成; not 98%`. */
export function describeGold(evaluationCase: AnyCase): string {
  if (isAttack(evaluationCase)) {
    const { must_any: any, must_not: not } = evaluationCase;
    const parts = [...(any.length > 0 ? [`any of ${any.map(describePattern).join(' | ')}`] : []), ...(not.length > 0 ? [`nothing of ${not.map(describePattern).join(' | ')}`] : [])];
    return parts.join('; ');
  }
  const { kind, gold: { refuse, must, must_not: mustNot, polarity } } = evaluationCase;
  if (refuse) return 'a refusal';
  const parts = must.map((group) => group.join(' | '));
  if (polarity !== undefined) parts.unshift(polarity);
  if (mustNot.length > 0) parts.push(`not ${mustNot.join(', ')}`);
  return parts.join('; ') || kind;
}
