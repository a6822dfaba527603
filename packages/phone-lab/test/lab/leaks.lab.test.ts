import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPhoneLab, type PhoneLab } from '../../src/index.js';
import { besides, countFalseAlarms, countFound, leakTrack, type LeakCase } from '../support/leak-cases.js';
import { throughOpus } from '../support/through-opus.js';

let lab: PhoneLab;

beforeAll(async () => {
  lab = await startPhoneLab();
});

afterAll(() => lab.close());

const whisper: LeakCase = { beside: 'silence', levelDbfs: -70, ms: 1000 };
const blink: LeakCase = { beside: 'silence', levelDbfs: -40, ms: 40 };
const mixed: LeakCase = { beside: 'voice', levelDbfs: -30, ms: 40 };
const plainMs = 3000;

test('an ear finds a whisper, and a blink beside silence or a voice, and nothing in plain calls, through Opus with DTX', async () => {
  const heard = await throughOpus(lab, 'leaks', {
    whisper: leakTrack(whisper, 1),
    blink: leakTrack(blink, 2),
    mixed: leakTrack(mixed, 2),
    tone: besides('tone', plainMs),
    voice: besides('voice', plainMs),
  });
  expect(countFound(whisper, heard.whisper, 1, 8)).toBe(8);
  expect(countFound(blink, heard.blink, 2, 8)).toBe(8);
  expect(countFound(mixed, heard.mixed, 2, 8)).toBe(8);
  expect(countFalseAlarms([heard.tone, heard.voice], plainMs, 20)).toBe(0);
});
