import { APIError, initializeLogger, stt, voice } from '@livekit/agents';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import type { PhoneLab, PhoneScript } from '@org/phone-lab';
import { type TransferOutcome, WarmTransfer, type WarmTransferOptions } from '../src/index.js';
import { freshNumber, joinAs, voices } from './call-center.js';

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

export interface Shared {
  readonly stt: stt.STT;
  readonly llm: ScriptedLLM;
  readonly tts: ScriptedTTS;
}

/** One transfer with the models of the caller's session, up to its outcome, and what becomes of that session. */
export async function transferWith(
  lab: PhoneLab,
  name: string,
  models: Shared,
  script: PhoneScript,
  more: Partial<Omit<WarmTransferOptions, 'sipConnection'>> = {},
): Promise<{ readonly outcome: TransferOutcome; readonly heard: readonly unknown[]; readonly isAnswered: boolean }> {
  initializeLogger({ pretty: false, level: 'silent' });
  const roomName = `shared-models-${name.replaceAll(' ', '-')}`;
  const caller = await lab.call({ from: '+15550199', roomName, voice: voices.caller });
  const room = await joinAs(lab, roomName, 'agent', 'agent');
  const turnHandling = { turnDetection: 'stt', interruption: { mode: 'vad' } } as const;
  const session = new voice.AgentSession({ ...models, vad: null, turnHandling });
  const heard: unknown[] = [];
  session.on(voice.AgentSessionEventTypes.Error, ({ error }) => heard.push(error));
  session.on(voice.AgentSessionEventTypes.MetricsCollected, ({ metrics }) => heard.push(metrics.type));
  session.on(voice.AgentSessionEventTypes.Close, ({ reason }) => heard.push(reason));
  await session.start({ agent: new voice.Agent({ instructions: 'You answer the phone.' }), room, record: false });
  await caller.connected();
  const sipCallTo = freshNumber();
  lab.phone(sipCallTo, script, { voice: voices.human });
  const server = { url: lab.url, apiKey: lab.apiKey, apiSecret: lab.apiSecret, sipTrunkId: lab.trunkId };
  const greetingSpeech = 'A caller asks for a person.';
  await using transfer = new WarmTransfer({ session, room, sipCallTo, greetingSpeech, ...server, ...more });
  const outcome = await transfer.run();
  if (outcome.status === 'connected') await outcome.call.hangUp();
  else await session.say('I am back.').waitForPlayout();
  await transfer.close();
  const before = [...heard];
  const isAnswered = session._started && !session._closing;
  if (caller.ended === undefined) await caller.hangUp();
  await session.close();
  await room.disconnect();
  return { outcome, heard: before, isAnswered };
}

/** Answers, hears somebody with this voice (Hz), and declines by key, the one way that needs no model. */
export const declineOnceHeard =
  (hz: number): PhoneScript =>
  async (call) => {
    await call.answer();
    await call.waitToHear(hz, { forMs: 300 });
    await call.wait(2000);
    await call.press('2');
  };

export const models = (given: Partial<Shared> = {}): Shared => ({
  stt: new ScriptedSTT({ words: {} }),
  llm: new ScriptedLLM({ reply: () => undefined }),
  tts: new ScriptedTTS({ frequency: voices.agent }),
  ...given,
});
