import {
  Briefing,
  type BriefingOptions,
  type BriefingResult,
  type TranscriptTurn,
  type BriefingSentenceName,
} from '@org/briefing-agent';
import type { Room } from '@livekit/rtc-node';
import { type Deferred, deferred } from '@org/support';
import type { Farewell } from '../machine/types/effect.js';
import type { BriefingPort, Decision } from '../runtime/ports.js';

interface ConsultBriefingOptions extends Omit<BriefingOptions, 'room'> {
  /** The joined consult room; asked for by `prepare`. */
  readonly joined: Promise<Room>;
  /** Says in that room, once the briefing is closed, that the caller has left. */
  readonly lastWords?: ((room: Room) => Promise<void>) | undefined;
}

/** The briefing of one human agent in the consult room. */
export class ConsultBriefing implements BriefingPort {
  readonly #options: ConsultBriefingOptions;
  readonly #ready: Deferred<Briefing> = deferred();
  #briefing: Briefing | undefined;
  #result: BriefingResult | undefined;
  #closed = false;

  constructor(options: ConsultBriefingOptions) {
    this.#options = options;
  }

  async prepare(signal: AbortSignal): Promise<void> {
    const { joined, lastWords: _lastWords, ...options } = this.#options;
    const room = await joined;
    if (this.#closed) return;
    const briefing = new Briefing({ ...options, room });
    this.#briefing = briefing;
    await briefing.start({ signal });
    this.#ready.resolve(briefing);
  }

  /** Waits for the agent when the phone is answered before it is ready. */
  async brief(): Promise<Decision> {
    const briefing = await this.#ready.promise;
    briefing.brief();
    this.#result = await briefing.result;
    return decisionOf(this.#result);
  }

  async say(farewell: Farewell): Promise<void> {
    const { joined, lastWords } = this.#options;
    if (this.#closed) return farewell === 'caller-left' ? lastWords?.(await joined) : undefined;
    const sentence = sentenceOf[farewell];
    const isTold =
      this.#result?.spokenSentence === sentence || (this.#result?.type === 'voicemail' && this.#result.messageLeft);
    if (isTold) return;
    await this.#briefing?.sayFixed(sentence, { afterBeep: farewell === 'voicemail-message' });
  }

  transcript(): readonly TranscriptTurn[] {
    return this.#result?.transcript ?? this.#briefing?.transcript ?? [];
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#briefing?.close();
  }
}

const sentenceOf: Readonly<Record<Farewell, BriefingSentenceName>> = {
  'caller-left': 'callerLeft',
  canceled: 'canceled',
  declined: 'declined',
  taken: 'answeredElsewhere',
  'time-over': 'timeUp',
  'merge-failed': 'mergeFailed',
  failed: 'failed',
  'voicemail-message': 'voicemail',
};

function decisionOf(result: BriefingResult): Decision {
  switch (result.type) {
    case 'accepted':
      return { type: 'accepted', by: result.via };
    case 'voicemail':
    case 'canceled':
      return { type: result.type };
    case 'no-speech':
      return { type: 'silent' };
    case 'declined': {
      const { reason, redirectTo } = result;
      return { type: 'declined', reason, ...(redirectTo === undefined ? {} : { redirectTo }) };
    }
    case 'timed-out':
      return { type: 'limit-reached' };
    case 'disconnected':
      return { type: 'human-left', how: result.how };
    case 'failed':
      return { type: 'failed', cause: result.cause };
  }
}
