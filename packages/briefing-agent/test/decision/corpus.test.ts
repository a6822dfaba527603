import { describe, expect, it } from 'vitest';
import { corpus } from './corpus/corpus.ts';
import { play } from './corpus/play.ts';

describe('the decision is that of a fair listener when the line', () => {
  it.each(corpus.map((course) => [course.title, course] as const))('%s', (_, course) => {
    expect(play(course).verdicts).toEqual(course.verdicts);
  });
});
