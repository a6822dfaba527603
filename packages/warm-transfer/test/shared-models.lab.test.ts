import { ScriptedTTS } from '@org/briefing-agent/testing';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { voices } from './call-center.js';
import { declineOnceHeard, LimitedSTT, models, refusal, transferWith } from './shared-models.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

describe.concurrent('the session of a caller whose models the consult shares', () => {
  it('lives on, and hears of nothing, when a stream of its recognizer is refused with 429', async () => {
    const shared = models({ stt: new LimitedSTT('is refused with 429') });
    const { outcome, heard, isAnswered } = await transferWith(
      lab,
      'stt refused',
      shared,
      declineOnceHeard(voices.agent),
    );
    expect(outcome).toMatchObject({ status: 'declined', caller: 'returned' });
    expect(isAnswered).toBe(true);
    // Of its own voice only, when the caller is back.
    expect(new Set(heard)).toEqual(new Set(heard.filter((what) => what === 'tts_metrics')));
    expect(heard.length).toBeLessThanOrEqual(1);
  }, 60_000);

  it('lives on when its voice fails to announce, five times', async () => {
    const shared = models({ tts: new ScriptedTTS({ frequency: voices.agent, fails: refusal() }) });
    const own = new ScriptedTTS({ frequency: voices.briefing });
    const { outcome, isAnswered, heard } = await transferWith(
      lab,
      'tts refused',
      shared,
      declineOnceHeard(voices.briefing),
      {
        tts: own,
        holdTexts: { dialing: 'One.', ringing: 'Two.', briefing: 'Three.' },
        holdAnnouncements: { items: [{ text: 'Please wait.' }], intervalMs: 1000, firstAfterMs: 0 },
      },
    );
    expect(outcome).toMatchObject({ status: 'declined' });
    expect(outcome.notes.length).toBeGreaterThan(3);
    expect(isAnswered).toBe(true);
    // That of the one sentence of its own.
    expect(heard.filter((what) => Object(what).type === 'tts_error')).toHaveLength(1);
  }, 60_000);
});
