import { describe, expect, it } from 'vitest';
import { toBriefingOptions } from '../../src/wiring/briefing-options.js';
import { parseTaskOptions } from '../../src/task/parse-task-options.js';
import { resolveLimits } from '../../src/options/limits.js';
import { optionsWithoutServer } from '../support/without-server.ts';

const target = { sipCallTo: '+15550142', sipTrunkId: 'ST_1' };

describe('the briefing', () => {
  it.each([
    ['tells a headline first, when nothing is given', {}, undefined],
    ['says nothing first, by null', { greetingSpeech: null }, null],
    ['says the text first that is given', { greetingSpeech: 'A call.' }, 'A call.'],
  ])('%s', (_, given, greeting) => {
    const options = { ...optionsWithoutServer(), ...given };
    expect(toBriefingOptions(options, target, resolveLimits()).greeting).toBe(greeting);
  });

  it.each([
    ['0.8 s', {}, 800],
    ['3 s in the task, whose human agents speak first', parseTaskOptions(target).settings, 3_000],
    ['the own time', parseTaskOptions({ ...target, limits: { speakAfterMs: 1_000 } }).settings, 1_000],
  ])('speaks first after a silence of %s', (_, { limits }, speakAfterMs) => {
    const briefing = toBriefingOptions(optionsWithoutServer(), target, resolveLimits(limits));
    expect(briefing.limits).toMatchObject({ speakAfterMs });
  });
});
