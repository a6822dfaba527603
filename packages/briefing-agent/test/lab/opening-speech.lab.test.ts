import { tts } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Consult } from '../support/fixture.ts';
import { agentTts, openLab } from '../support/lab.ts';
import { expectMadeWhileRinging, expectSynthesizedAgain, greeted, WatchedTTS } from '../support/opening-voice.ts';
import { until, wait } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

/** A stream that begins to speak, and fails. */
class BreakingTTS extends tts.TTS {
  readonly label = 'breaking-tts';

  constructor() {
    super(24_000, 1, { streaming: true });
  }

  override synthesize(): tts.ChunkedStream {
    throw new Error('only streams');
  }

  override stream(): tts.SynthesizeStream {
    return new BreakingStream(this);
  }
}

class BreakingStream extends tts.SynthesizeStream {
  readonly label = 'breaking-tts-stream';

  protected async run(): Promise<void> {
    await this.input.next();
    const frame = AudioFrame.create(24_000, 1, 240);
    this.queue.put({ requestId: 'breaking', segmentId: 'breaking', frame, final: false });
    await wait(100);
    throw new Error('the voice broke off');
  }
}

describe('the opening speech', () => {
  it('is made while the phone rings, so that a slow voice is heard sooner than it could begin', () =>
    expectMadeWhileRinging(lab, {}));

  it('is spoken without markup, which the transcript keeps', async () => {
    const voice = new WatchedTTS(0);
    await using consult = await Consult.open(lab, {
      greeting: 'I have *a caller* for you.',
      models: { tts: voice },
    });
    await greeted(consult, 300);
    expect((await consult.briefing.result).transcript).toEqual([
      { speaker: 'agent', text: 'I have *a caller* for you.' },
    ]);
    expect(voice.asked).toBe(1);
    expect(voice.text.trim()).toBe('I have a caller for you.');
  });

  it.each([
    ['has not begun by the answer', agentTts({ delayMs: 60_000 })],
    ['broke off while the phone rang', new BreakingTTS()],
  ])('is synthesized again when the voice %s', (_, first) => expectSynthesizedAgain(lab, first));

  it('is no longer synthesized when the phone is not answered', async () => {
    const voice = new WatchedTTS(60_000);
    await using consult = await Consult.open(lab, { models: { tts: voice } });
    await until(() => voice.asked === 1);
    await consult.briefing.close();
    await until(() => voice.closed === 1);
  });
});
