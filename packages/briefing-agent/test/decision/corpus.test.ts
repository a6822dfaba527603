import { describe, expect, it } from 'vitest';
import { corpus } from './corpus/corpus.ts';
import type { Course } from './corpus/course.ts';
import { independent } from './corpus/independent.ts';
import { play } from './corpus/play.ts';

const titled = (courses: readonly Course[]): (readonly [string, Course])[] =>
  courses.map((course) => [course.title, course]);

describe('the decision is that of a fair listener when the line', () => {
  it.each(titled(corpus))('%s', (_, course) => {
    expect(play(course).verdicts).toEqual(course.verdicts);
  });
});

/** The courses on which a listener and the rule differ, with the verdict of the rule and the reason. */
const differently: Readonly<Record<string, readonly boolean[]>> = {
  // A clear yes counts by voice also when the key was asked for.
  'never says anything clear, then says yes by voice, then presses the key': [false, false, true, true],
  // Both judges are wrong: the phrases do not know the sentence, and the opinion says yes.
  'talks about the invoice, and the second opinion takes it for agreement': [true],
  // The key is a yes at any time: the person may know the assistant.
  'presses 1 before we have said anything, then 5': [true],
};

const isConnected = (verdict: string): boolean => verdict === 'accepted';

describe('the caller is connected when a listener who does not know the rule would connect them, and the line', () => {
  it.each(titled(independent))('%s', (title, course) => {
    const wanted = differently[title] ?? course.verdicts.map(isConnected);
    expect(play(course).verdicts.map(isConnected)).toEqual(wanted);
  });
});
