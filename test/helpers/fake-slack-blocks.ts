/** All blocks of a message together, which Slack documents nowhere. */
const MOST_CHARACTERS = 13_200;
const MOST_BLOCKS = 50;

type Thing = Readonly<Record<string, unknown>>;

class Broken extends Error {}

function need(condition: boolean, problem: string): void {
  if (!condition) throw new Broken(problem);
}

const objectOf = (value: unknown): Thing => {
  need(typeof value === 'object' && value !== null && !Array.isArray(value), 'an object');
  return value as Thing;
};
const listOf = (value: unknown): readonly unknown[] => {
  need(Array.isArray(value) && value.length > 0, 'a list that is not empty');
  return value as readonly unknown[];
};

function checkText(value: unknown, most: number, what: string): void {
  need(typeof value === 'string' && value.length > 0 && value.length <= most, `${what}: 1 to ${most} characters`);
}

function checkPlain(value: unknown, most: number, what: string): void {
  const { type, text } = objectOf(value);
  need(type === 'plain_text', `${what}: plain_text`);
  checkText(text, most, what);
}

function checkRichElement(value: unknown): void {
  const element = objectOf(value);
  need(['text', 'link'].includes(String(element['type'])), `rich text of type ${String(element['type'])}`);
  checkText(element['text'], 40_000, 'rich text');
  if (element['type'] === 'link') checkText(element['url'], 3_000, 'url');
  for (const style of Object.keys(objectOf(element['style'] ?? {}))) need(['bold', 'italic', 'strike', 'code'].includes(style), `style ${style}`);
}

function checkInput(element: Thing): void {
  checkText(element['action_id'], 255, 'action_id');
  if (element['type'] === 'plain_text_input') return need(Number(element['max_length'] ?? 3_000) <= 3_000, 'max_length');
  need(element['type'] === 'radio_buttons', `input ${String(element['type'])}`);
  const options = listOf(element['options']);
  need(options.length <= 10, 'no more than 10 options');
  for (const option of options) {
    checkPlain(objectOf(option)['text'], 75, 'option');
    checkText(objectOf(option)['value'], 150, 'value of an option');
  }
}

function checkFeedback(element: Thing): void {
  need(element['type'] === 'feedback_buttons', 'feedback_buttons');
  checkText(element['action_id'], 255, 'action_id');
  for (const side of ['positive_button', 'negative_button']) {
    const button = objectOf(element[side]);
    checkPlain(button['text'], 75, 'label');
    checkText(button['value'], 2_000, 'value');
    checkText(button['accessibility_label'], 75, 'accessibility_label');
  }
}

function checkBlock(value: unknown, surface: 'message' | 'modal' | 'home'): void {
  const block = objectOf(value);
  if (block['block_id'] !== undefined) checkText(block['block_id'], 255, 'block_id');
  switch (block['type']) {
    case 'rich_text':
      for (const section of listOf(block['elements'])) for (const element of listOf(objectOf(section)['elements'])) checkRichElement(element);
      return;
    case 'context_actions':
      need(surface === 'message', 'context_actions in a message only');
      need(listOf(block['elements']).length <= 5, 'no more than 5 elements');
      return listOf(block['elements']).forEach((element) => checkFeedback(objectOf(element)));
    case 'input':
      need(surface === 'modal', 'input in a modal only');
      checkPlain(block['label'], 2_000, 'label of an input');
      return checkInput(objectOf(block['element']));
    default:
      throw new Broken(`block of type ${String(block['type'])}`);
  }
}

/** Slack's error for blocks that it would not take; undefined where it would. */
export function findBlockError(blocks: unknown, surface: 'message' | 'modal' | 'home' = 'message'): { readonly error: string; readonly problem: string } | undefined {
  try {
    const list = listOf(blocks);
    need(list.length <= (surface === 'message' ? MOST_BLOCKS : 100), 'too many blocks');
    for (const block of list) checkBlock(block, surface);
    return JSON.stringify(blocks).length > MOST_CHARACTERS ? { error: 'msg_blocks_too_long', problem: 'too many characters' } : undefined;
  } catch (error) {
    if (error instanceof Broken) return { error: 'invalid_blocks', problem: error.message };
    throw error;
  }
}

/** Likewise for a modal or a home tab. */
export function findViewError(value: unknown): { readonly error: string; readonly problem: string } | undefined {
  try {
    const view = objectOf(value);
    need(view['type'] === 'modal' || view['type'] === 'home', 'type');
    if (view['type'] === 'modal') {
      checkPlain(view['title'], 24, 'title');
      checkPlain(view['submit'], 24, 'submit');
      checkPlain(view['close'], 24, 'close');
      checkText(view['callback_id'], 255, 'callback_id');
      need(String(view['private_metadata'] ?? '').length <= 3_000, 'private_metadata');
    }
    return findBlockError(view['blocks'], view['type'] === 'modal' ? 'modal' : 'home');
  } catch (error) {
    if (error instanceof Broken) return { error: 'invalid_arguments', problem: error.message };
    throw error;
  }
}
