import { describe, expect, it } from 'vitest';
import { briefingOptionsOf } from '../src/briefing-options-of.js';
import { parseTaskOptions } from '../src/door/parse-task-options.js';
import { resolveLimits } from '../src/limits.js';
import { optionsWithoutServer } from './without-server.ts';

const target = { sipCallTo: '+15550142', sipTrunkId: 'ST_1' };

describe('the human agent hears first', () => {
  it.each([
    ['a headline, when nothing is given', {}, undefined],
    ['nothing, by null', { greetingSpeech: null }, null],
    ['the text that is given', { greetingSpeech: 'A call.' }, 'A call.'],
  ])('%s', (_, given, greeting) => {
    const options = { ...optionsWithoutServer(), ...given };
    expect(briefingOptionsOf(options, target, resolveLimits()).greeting).toBe(greeting);
  });

  it.each([
    ['0.8 s', {}, 800],
    ['3 s in the task, whose human agents speak first', parseTaskOptions(target).settings, 3_000],
    ['the own time', parseTaskOptions({ ...target, limits: { speakAfterMs: 1_000 } }).settings, 1_000],
  ])('it after a silence of %s', (_, { limits }, speakAfterMs) => {
    const briefing = briefingOptionsOf(optionsWithoutServer(), target, resolveLimits(limits));
    expect(briefing.limits).toMatchObject({ speakAfterMs });
  });
});
