import type { HeadingReference } from '../../corpus/notice.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { matchByRole } from '../evidence/match-role.ts';
import { citeSentence } from '../evidence/reading.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import type { ScoredSentence } from '../evidence/scoring.ts';
import { inOrder, isHeading } from '../evidence/topic-share.ts';
import type { Lexicon } from '../../corpus/lexicon.ts';
import type { Question } from '../question/question.ts';

/** 「达到哪些情况就启动」, 「启动条件是什么」, 「什么时候启动」. */
const ASKS = /(?:什么|啥|哪(?:些|几)?(?:个|种|项|条)?)(?:样的)?(?:情况|情形|条件)|条件(?:都|是|有|包括)*(?:什么|啥|哪)|(?:什么时候|何时|啥时候)(?:会|才|就|要|能|可以|该)?(?:启动|触发)|(?:启动|触发)[^,，]{0,8}(?:什么时候|何时|啥时候)/u;
/** 「启动条件（符合其一）」 heads conditions that stand side by side. */
const HEADS_CONDITIONS = /(?:条件|情形)(?:[(（][^()（）]*[)）])?[:：]?$/u;
const SAYS_CONDITION = /^(?:条件|情形|情况|满足|达到|符合|出现)$/u;
const GOES_ON = /[;；]$/u;

/** So much of what is asked about must stand in the headings. */
const ENOUGH = 0.65;
const FEWEST = 2;

/** Whether conditions are asked for. */
export const asksConditions = ({ folded }: Question): boolean => ASKS.test(folded);

const headingOf = ({ scene: { passage } }: ScoredSentence): HeadingReference | undefined => passage.ancestors.at(-1);

/** The conditions below the heading that names them and of what they are, each a sentence up to its semicolon; undefined where none or several such headings are meant. */
export function readConditions(matter: ReadingMatter, lexicon: Lexicon): Reading | undefined {
  const { sentences, terms } = matter;
  const topic = terms.filter(({ term }) => term.role !== 'frame' && term.role !== 'sort' && !term.isAside && !SAYS_CONDITION.test(term.text));
  const total = topic.reduce((sum, { weight }) => sum + weight, 0);
  const bodies = new Map<ScoredSentence['scene'], ScoredSentence[]>();
  for (const scored of sentences) {
    const heading = headingOf(scored);
    if (isHeading(scored) || heading === undefined || heading.sectionId !== scored.scene.passage.id || !HEADS_CONDITIONS.test(heading.sentence.text.trim())) continue;
    bodies.set(scored.scene, [...(bodies.get(scored.scene) ?? []), scored]);
  }
  const rated = [...bodies].map(([{ passage }, body]) => {
    const above = foldForMatching(passage.headings.join(' '));
    return { body: inOrder(body), share: topic.reduce((sum, { term, weight }) => sum + weight * matchByRole(term, above, lexicon), 0) / total };
  }).toSorted((left, right) => right.share - left.share);
  const [best, next] = rated;
  if (total === 0 || best === undefined || best.share < ENOUGH || best.share === next?.share || best.body.length < FEWEST) return undefined;
  if (!best.body.slice(0, -1).every(({ sentence: { sentence } }) => GOES_ON.test(sentence.text))) return undefined;
  return { verdict: 'answered', shape: 'list', points: best.body.map((scored) => ({ span: citeSentence(scored) })) };
}
