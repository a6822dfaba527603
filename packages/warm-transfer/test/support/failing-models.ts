import { APIError, initializeLogger, stt, voice } from '@livekit/agents';
import type { PhoneLab, PhoneScript } from '@org/phone-lab';
import { type TransferOutcome, WarmTransfer } from '../../src/index.js';
import { type CallCenter, type Models, startCallCenter } from './call-center.js';

export const refusal = (): APIError => new APIError('429 Too Many Requests', { retryable: false });
const never = new Promise<never>(() => undefined);
/** The first stream of a model is the caller's session's; what becomes of those of the consult. */
const fates = {
  fails: () => Promise.reject(new Error('broken')),
  hangs: () => never,
  'is refused with 429': () => Promise.reject(refusal()),
};
export type Fate = keyof typeof fates;

/** Recognizes nothing; every stream but the first has this fate. */
export class LimitedSTT extends stt.STT {
  label = 'limited-stt';
  readonly #fate: Fate;
  #streams = 0;

  constructor(fate: Fate) {
    super({ streaming: true, interimResults: false });
    this.#fate = fate;
  }

  protected override _recognize(): Promise<never> {
    throw new Error('it streams');
  }

  override stream(): stt.SpeechStream {
    this.#streams += 1;
    return new LimitedStream(this, this.#streams === 1 ? () => never : fates[this.#fate]);
  }
}

class LimitedStream extends stt.SpeechStream {
  label = 'limited-stt';
  readonly #run: () => Promise<never>;

  constructor(owner: stt.STT, run: () => Promise<never>) {
    super(owner);
    this.#run = run;
  }

  protected override run(): Promise<void> {
    return this.#run();
  }
}

interface Declined {
  readonly outcome: TransferOutcome;
  /** The reports of the caller's session until the caller was back and had been spoken to. */
  readonly heard: readonly unknown[];
  readonly isAnswered: boolean;
}

/** One transfer that is declined, with these models of the caller's session, and what becomes of that session. */
export async function declineWith(
  lab: PhoneLab,
  given: Partial<Models>,
  script: PhoneScript,
  more: Partial<CallCenter['options']> = {},
): Promise<Declined> {
  await using center = await startCallCenter(lab, given);
  initializeLogger({ pretty: false, level: 'silent' });
  const { session, options } = center;
  const heard: unknown[] = [];
  session.on(voice.AgentSessionEventTypes.Error, ({ error }) => heard.push(error));
  session.on(voice.AgentSessionEventTypes.MetricsCollected, ({ metrics }) => heard.push(metrics.type));
  session.on(voice.AgentSessionEventTypes.Close, ({ reason }) => heard.push(reason));
  center.phone(script);
  await using transfer = new WarmTransfer({ ...options, ...more });
  const outcome = await transfer.run();
  await session.say('I am back.').waitForPlayout();
  await transfer.close();
  return { outcome, heard: [...heard], isAnswered: session._started && !session._closing };
}

/** Answers, hears a party with this voice (Hz), and declines by key, the one way that needs no model. */
export const declineOnceHeard =
  (hz: number): PhoneScript =>
  async (call) => {
    await call.answer();
    await call.waitToHear(hz, { forMs: 300 });
    await call.wait(2000);
    await call.press('2');
  };
