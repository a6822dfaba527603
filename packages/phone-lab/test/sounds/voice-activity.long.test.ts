import { expect, test } from 'vitest';
import { RecordingEar } from '../../src/ears/recording-ear.js';
import { VOICE_MARKS } from '../../src/tones.js';
import { expectVadToFollow } from '../support/expect-vad-to-follow.js';
import { toEar, utterance } from '../support/utterances.js';

const utterances = 200;

test('a VAD follows 200 utterances of speech-like sound, as they are', { timeout: 900_000 }, async () => {
  for (let i = 0; i < utterances; i += 1) await expectVadToFollow(utterance(i), 'wide');
});

test('a VAD follows 200 utterances through G.711 with 2 % loss', { timeout: 900_000 }, async () => {
  for (let i = 0; i < utterances; i += 1) await expectVadToFollow(utterance(i), 'narrow');
});

test('an ear hears the mark of the party that speaks, and no other, in 200 utterances', { timeout: 900_000 }, () => {
  for (let i = 0; i < utterances; i += 1) {
    const { mark, pcm, words } = utterance(i);
    const ear = new RecordingEar();
    ear.record({ publisher: 'p', trackName: '', trackSid: '' })(toEar(pcm));
    const windows = ear.timeline(VOICE_MARKS.map((one) => ({ name: String(one), frequencies: [one] })));
    const heard = [...new Set(windows.flatMap((window) => window.heard))];
    expect(heard, `"${words}" of ${i}`).toEqual([String(mark)]);
    for (const other of VOICE_MARKS.filter((one) => one !== mark)) {
      expect(ear.firstHeardAt(other), `"${words}" of ${i} with ${other} Hz`).toBeUndefined();
    }
  }
});
