import { expect } from 'vitest';
import { phrasesOf, throughLossyG711, toEar, type Utterance } from './utterances.js';
import { vadOf } from './vad-of.js';

/** Checks that a VAD reports every phrase within 150 ms of its first sound, and its end within 400 ms of its last one. */
export async function expectVadToFollow({ words, mark, pcm }: Utterance, line: 'wide' | 'narrow'): Promise<void> {
  const phrases = phrasesOf(pcm);
  const heard = await vadOf(line === 'wide' ? toEar(pcm) : throughLossyG711(pcm, mark));
  const which = `"${words}" with ${mark} Hz: ${JSON.stringify({ phrases, heard })}`;
  expect(heard.length, which).toBe(phrases.length);
  for (const [i, { startMs, endMs }] of phrases.entries()) {
    const { startMs: from = 0, endMs: to = 0 } = heard[i] ?? {};
    expect(Math.abs(from - startMs), which).toBeLessThanOrEqual(150);
    expect(Math.abs(to - endMs), which).toBeLessThanOrEqual(400);
  }
}
