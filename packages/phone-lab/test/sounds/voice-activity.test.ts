import { describe, expect, test } from 'vitest';
import { ringback } from '../../src/call/ringback.js';
import { joinPcm, silencePcm, toneBurst, VOICE_MARKS } from '../../src/tones.js';
import { toEar, utterance } from '../support/utterances.js';
import { expectVadToFollow } from '../support/expect-vad-to-follow.js';
import { vadOf } from '../support/vad-of.js';

const rate = 48_000;

const starts = async (pcm: Int16Array): Promise<number> =>
  (await vadOf(toEar(joinPcm(pcm, silencePcm(600, rate))))).length;

describe('a VAD', () => {
  test('hears each phrase of speech-like sound within 150 ms of its start and 400 ms of its end, and each pause', async () => {
    for (let i = 0; i < 6; i += 1) await expectVadToFollow(utterance(i), 'wide');
  });

  test('hears the same through G.711 with 2 % of the packets lost', async () => {
    for (let i = 6; i < 12; i += 1) await expectVadToFollow(utterance(i), 'narrow');
  });

  test('takes no mark for speech, at the level of a mark or of a tone', async () => {
    for (const mark of VOICE_MARKS) {
      const soft = toneBurst([mark], 600, rate, { levelDbfs: -38 });
      const loud = toneBurst([mark], 600, rate);
      expect(await starts(joinPcm(soft, silencePcm(300, rate), loud)), `${mark} Hz`).toBe(0);
    }
  });

  test('takes no ringback for speech', async () => {
    expect(await starts(ringback(5000))).toBe(0);
  });
});
