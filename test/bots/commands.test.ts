import { expect, it } from 'vitest';
import { readCommand } from '../../src/bots/commands.ts';
import { phrases } from './bot-parts.ts';

it.each([
  ['新会话', { name: 'new' }],
  ['  /新会话。', { name: 'new' }],
  ['ＮＥＷ', { name: 'new' }],
  ['帮助', { name: 'help' }],
  ['？', { name: 'help' }],
  ['指标', { name: 'targets', query: '' }],
  ['指标一览', { name: 'targets', query: '' }],
  ['指标 幼儿园', { name: 'targets', query: '幼儿园' }],
  ['指标：幼儿园 覆盖面', { name: 'targets', query: '幼儿园 覆盖面' }],
])('reads %j as a command', (text, command) => {
  expect(readCommand(text, phrases)).toEqual(command);
});

it.each(['', '。', '指标有哪些', '新会话怎么开', '学前教育有哪些指标', '帮助家庭困难学生的措施有哪些', '/'])('takes %j for no command', (text) => {
  expect(readCommand(text, phrases)).toBeUndefined();
});
