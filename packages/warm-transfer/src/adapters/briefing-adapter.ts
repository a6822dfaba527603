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

interface BriefingAdapterOptions extends Omit<BriefingOptions, 'room'> {
  /** The joined consult room. */
  readonly joined: Promise<Room>;
  /** Says in that room, after the briefing is closed, that the caller has left. */
  readonly sayAfterClose?: ((room: Room) => Promise<void>) | undefined;
}

/** The briefing of one human agent in the consult room. */
export class BriefingAdapter implements BriefingPort {
  readonly #options: BriefingAdapterOptions;
  readonly #ready: Deferred<Briefing> = deferred();
  #briefing: Briefing | undefined;
  #result: BriefingResult | undefined;
  #closed = false;

  constructor(options: BriefingAdapterOptions) {
    this.#options = options;
  }

  async start(signal: AbortSignal): Promise<void> {
    const { joined, sayAfterClose: _sayAfterClose, ...options } = this.#options;
    const room = await joined;
    if (this.#closed) return;
    const briefing = new Briefing({ ...options, room });
    this.#briefing = briefing;
    await briefing.start({ signal });
    this.#ready.resolve(briefing);
  }

  /** Briefs the human agent, as soon as the briefing agent is ready. */
  async brief(): Promise<Decision> {
    const briefing = await this.#ready.promise;
    briefing.brief();
    this.#result = await briefing.result;
    return toDecision(this.#result);
  }

  async say(farewell: Farewell): Promise<void> {
    const { joined, sayAfterClose } = this.#options;
    if (this.#closed) return farewell === 'caller-left' ? sayAfterClose?.(await joined) : undefined;
    const sentence = farewellSentences[farewell];
    const isSaid =
      this.#result?.spokenSentence === sentence || (this.#result?.type === 'voicemail' && this.#result.messageLeft);
    if (isSaid) return;
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

const farewellSentences: Readonly<Record<Farewell, BriefingSentenceName>> = {
  'caller-left': 'callerLeft',
  canceled: 'canceled',
  declined: 'declined',
  'answered-elsewhere': 'answeredElsewhere',
  'time-up': 'timeUp',
  'merge-failed': 'mergeFailed',
  failed: 'failed',
  'voicemail-message': 'voicemail',
};

function toDecision(result: BriefingResult): Decision {
  switch (result.type) {
    case 'accepted':
      return { type: 'accepted', by: result.via };
    case 'voicemail':
    case 'no-speech':
    case 'canceled':
      return { type: result.type };
    case 'declined': {
      const { reason, redirectTo } = result;
      return { type: 'declined', reason, ...(redirectTo === undefined ? {} : { redirectTo }) };
    }
    case 'timed-out':
      return { type: 'limit-reached' };
    case 'disconnected':
      return { type: 'human-disconnected', how: result.how };
    case 'failed':
      return { type: 'failed', cause: result.cause };
  }
}
