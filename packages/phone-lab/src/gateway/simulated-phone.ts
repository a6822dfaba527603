import { setTimeout as delay } from 'node:timers/promises';
import type { LineOptions } from '../line/line-options.js';
import { PhoneLabError } from '../phone-lab-error.js';
import type { Vocabulary } from '../tones/tone-words.js';
import type { Phone, PhoneOptions } from '../phone/phone.js';
import type { PhoneCall, PhoneScript } from '../phone/phone-call.js';

const answerAndStay: PhoneScript = async (call) => {
  await call.ring(100);
  await call.answer();
};

/** A registered phone: its script, and the attempts to reach it. */
export class SimulatedPhone implements Phone {
  readonly number: string;
  readonly script: PhoneScript;
  readonly voice: number | undefined;
  readonly vocabulary: Vocabulary;
  readonly ownProcess: boolean;
  readonly speech: PhoneOptions['speech'];
  readonly line: LineOptions;
  readonly calls: PhoneCall[] = [];
  #taken = 0;

  constructor(
    number: string,
    script: PhoneScript | undefined,
    options: PhoneOptions & { readonly vocabulary: Vocabulary },
  ) {
    this.number = number;
    this.script = script ?? answerAndStay;
    this.voice = options.voice;
    this.vocabulary = options.vocabulary;
    this.ownProcess = options.ownProcess ?? false;
    this.speech = options.speech;
    this.line = options.line ?? {};
  }

  get done(): Promise<void> {
    const done = Promise.all(this.calls.map((call) => call.finished)).then(() => undefined);
    done.catch(() => undefined);
    return done;
  }

  async nextCall(options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {}): Promise<PhoneCall> {
    const { timeoutMs = 10_000, signal } = options;
    for (const deadline = Date.now() + timeoutMs; ; await delay(5, undefined, signal && { signal })) {
      const next = this.calls[this.#taken];
      if (next) {
        this.#taken += 1;
        return next;
      }
      if (Date.now() >= deadline) {
        throw new PhoneLabError('timeout', `phone ${this.number} was not dialed within ${timeoutMs} ms`);
      }
    }
  }
}
