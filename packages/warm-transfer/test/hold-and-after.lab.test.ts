import { startPhoneLab, type PhoneLab, type PhoneScript } from '@org/phone-lab';
import { ScriptedTTS } from '@org/briefing-agent/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomeToSpeech, WarmTransfer, type TransferPhaseEvent } from '../src/index.js';
import { HUMAN, startCallCenter, vocabulary, voices } from './call-center.js';

let lab: PhoneLab;

beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

const humanPhone = (script: PhoneScript) => lab.phone(HUMAN, script, { voice: voices.human, vocabulary });

const sayAfterBriefing =
  (word: keyof typeof vocabulary): PhoneScript =>
  async (call) => {
    await call.waitToHear(voices.briefing, { forMs: 300 });
    await call.wait(1500);
    await call.say(word);
  };

describe('words for a caller on hold', () => {
  it('are spoken over the hold audio when a phase truly begins, and only to the caller', async () => {
    await using center = await startCallCenter(lab);
    const told: TransferPhaseEvent[] = [];
    let answeredAt = 0;
    const human = humanPhone(async (call) => {
      await call.ring(1800);
      answeredAt = Date.now();
      await call.answer();
      await sayAfterBriefing('no')(call);
    });
    await using transfer = new WarmTransfer({
      ...center.options,
      holdTexts: {
        ringing: 'It is ringing now.',
        briefing: (event) => {
          told.push(event);
          return 'Somebody is on the line, one moment.';
        },
      },
    });
    const outcome = await transfer.run();
    expect(outcome).toMatchObject({ status: 'declined', notes: [] });
    const { ear } = center.caller;
    const { ringingAt = 0, settledAt } = outcome.timings;
    expect(ear.heardMs(voices.agent, { from: ringingAt, to: answeredAt })).toBeGreaterThan(150);
    expect(ear.heardMs(voices.agent, { from: answeredAt, to: settledAt })).toBeGreaterThan(300);
    expect(told.map(({ phase, humanAgent }) => [phase, humanAgent])).toEqual([['briefing', 'summarizing']]);
    const [call] = human.calls;
    expect(call?.ear.heard(voices.agent)).toBe(false);
  }, 60_000);

  it('take the place of music, again and again, in a voice of their own', async () => {
    await using center = await startCallCenter(lab);
    humanPhone((call) => call.neverAnswer());
    const comfort = 2300;
    await using transfer = new WarmTransfer({
      ...center.options,
      comfortText: { text: 'Please wait, somebody will be with you.', intervalMs: 1000 },
      announcementVoice: new ScriptedTTS({ frequency: comfort }),
    });
    const running = transfer.run();
    await center.caller.waitToHear(comfort, { forMs: 1000 });
    transfer.cancel();
    expect(await running).toMatchObject({ status: 'aborted', notes: [] });
    await transfer.closed();
    const { ear } = center.caller;
    // 39 characters are 780 ms, so this much of it is more than one time.
    expect(ear.heardMs(comfort)).toBeGreaterThan(900);
    const windows = ear.timeline([{ name: 'comfort', frequencies: [comfort] }]);
    expect(windows.filter(({ other }) => other).length).toBeLessThan(4);
  }, 60_000);
});

void outcomeToSpeech;
