import type { AudioFrame } from '@livekit/rtc-node';
import { deferred, problem } from '@org/support';
import { ConsultRoomError } from '../consult-room-error.js';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import type { ResolvedMergeOptions } from '../options/merge-options.js';
import type { Side } from '../merge/merge-result.js';
import type { Cancelable } from '../options/signal-options.js';
import type { PeopleService } from '../api/participant-service.js';
import { invalidOption } from '../options/validate.js';
import type { Promotion } from './promotion.js';
import { guardHandler } from '../async/guard-handler.js';
import { playInto } from './play-into-rooms.js';
import { hangUpPeople } from './hang-up.js';
import type { HangUpReport } from './hang-up.js';
import type { CallEnd, MergedCall } from './merged-call.js';
import type { CallStatistics, Talk, VoiceFrame } from './call-media.js';

interface Listening {
  readonly listener: (voice: VoiceFrame) => void;
  stop: () => void;
}

/** Asks for the promotion of a bridged call. Never rejects. */
export interface AskPromotion {
  ask(over: AbortSignal, signal: AbortSignal | undefined): Promise<Promotion>;
}

/** A merged call over whatever joins the two at the moment. */
export class LiveCall implements MergedCall {
  readonly #people: PeopleService | undefined;
  readonly #onWarning: (error: ConsultRoomError) => void;
  readonly #ended = deferred<CallEnd>();
  readonly #over = new AbortController();
  readonly #listening = new Set<Listening>();
  readonly #muted = new Set<Side>();
  readonly #promoter: AskPromotion | undefined;
  #talk: Talk;
  #promotion: Promise<Promotion> | undefined;
  /** None is under way, and none has worked. */
  #mayPromote = true;
  #hangingUp: Promise<HangUpReport> | undefined;

  constructor(talk: Talk, options: Pick<ResolvedMergeOptions, 'people' | 'onWarning'>, promoter?: AskPromotion) {
    this.#talk = talk;
    this.#people = options.people;
    this.#onWarning = options.onWarning;
    this.#promoter = promoter;
  }

  get by(): Talk['by'] {
    return this.#talk.by;
  }

  get humanIdentity(): string {
    return this.#talk.seats.human.identity;
  }

  get ended(): Promise<CallEnd> {
    return this.#ended.promise;
  }

  /** Goes on over another talk. What was asked for holds there too. Never rejects. */
  async switchTo(talk: Talk): Promise<void> {
    this.#talk = talk;
    for (const one of this.#listening) {
      one.stop();
      one.stop = talk.listen(one.listener);
    }
    const muting = await Promise.allSettled([...this.#muted].map((side) => talk.mute(side, true)));
    for (const one of muting) {
      if (one.status === 'rejected') this.#onWarning(toConsultRoomError(one.reason, 'mute after the line changed'));
    }
  }

  /** The call is over. */
  end(end: CallEnd): void {
    this.#ended.resolve(this.#hangingUp ? { cause: 'hung-up' } : end);
    this.#over.abort();
    for (const one of this.#listening) one.stop();
    this.#listening.clear();
  }

  async mute(side: Side, muted = true): Promise<void> {
    this.#stillOn('mute');
    await this.#talk.mute(side, muted);
    if (muted) this.#muted.add(side);
    else this.#muted.delete(side);
  }

  listen(listener: (voice: VoiceFrame) => void): () => void {
    if (this.#over.signal.aborted) return () => undefined;
    const guarded = guardHandler('a listener of the call', listener, this.#onWarning);
    const one: Listening = { listener: guarded, stop: this.#talk.listen(guarded) };
    this.#listening.add(one);
    return () => {
      this.#listening.delete(one);
      one.stop();
    };
  }

  async play(frames: AsyncIterable<AudioFrame>, options: Cancelable = {}): Promise<void> {
    this.#stillOn('play');
    const rooms = new Set([this.#talk.seats.caller.room, this.#talk.seats.human.room]);
    const signals = [this.#over.signal, ...(options.signal ? [options.signal] : [])];
    await playInto([...rooms], frames, AbortSignal.any(signals));
  }

  async add(side: Side, identity: string): Promise<void> {
    this.#stillOn('add');
    await this.#talk.add(side, identity);
  }

  async remove(side: Side, identity: string): Promise<void> {
    await this.#talk.remove(side, identity);
  }

  async statistics(): Promise<CallStatistics> {
    this.#stillOn('statistics');
    return this.#talk.statistics();
  }

  async hangUp(): Promise<HangUpReport> {
    if (!this.#people) throw invalidOption(problem('server', 'must be given for hanging up'));
    this.#hangingUp ??= this.#hangUp(this.#people);
    return this.#hangingUp;
  }

  get promotion(): Promise<Promotion> | undefined {
    return this.#promotion;
  }

  async promote(options: Cancelable = {}): Promise<Promotion> {
    const promoter = this.#promoter;
    if (!promoter) throw invalidOption(problem('rejoin', 'must be given, and `server` too, for a promotion'));
    if (this.#mayPromote) {
      this.#mayPromote = false;
      this.#promotion = this.#promote(promoter, options.signal);
    }
    return this.#promotion ?? { promoted: false, reason: 'not-bridged' };
  }

  endWith(signal: AbortSignal): void {
    if (!this.#people) throw invalidOption(problem('server', 'must be given for hanging up'));
    const hangUp = (): void => void this.hangUp();
    if (signal.aborted) hangUp();
    else signal.addEventListener('abort', hangUp, { once: true, signal: this.#over.signal });
  }

  async #promote(promoter: AskPromotion, signal: AbortSignal | undefined): Promise<Promotion> {
    if (this.#over.signal.aborted) return { promoted: false, reason: 'ended' };
    if (this.by !== 'bridge') return { promoted: false, reason: 'not-bridged' };
    const promotion = await promoter.ask(this.#over.signal, signal);
    this.#mayPromote = !promotion.promoted;
    return promotion;
  }

  #hangUp(people: PeopleService): Promise<HangUpReport> {
    if (this.#over.signal.aborted) return Promise.resolve({ clean: true, problems: [] });
    const seats = [this.#talk.seats.caller, this.#talk.seats.human];
    const named = seats.map(({ room, identity }) => ({ room: room.name ?? '', identity }));
    return hangUpPeople(people, named);
  }

  #stillOn(doing: string): void {
    if (this.#over.signal.aborted) throw new ConsultRoomError('closed', `${doing}: the call is over`);
  }
}
