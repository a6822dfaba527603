import type { AudioFrame } from '@livekit/rtc-node';
import { anySignal, deferred, problem } from '@org/support';
import type { ParticipantService } from '../api/participant-service.js';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import { guardHandler } from '../async/guard-handler.js';
import { ConsultRoomError } from '../consult-room-error.js';
import type { MergeSide } from '../merge/merge-result.js';
import type { ParsedMergeOptions } from '../options/merge-options.js';
import type { SignalOptions } from '../options/signal-options.js';
import { invalidOption } from '../options/validate.js';
import type { CallMedia, CallStatistics, VoiceFrame } from './call-media.js';
import { hangUpParticipants, type HangUpReport } from './hang-up.js';
import type { MergedCall, MergedCallEnd } from './merged-call.js';
import { playIntoRooms } from './play-into-rooms.js';
import type { Promotion } from './promotion.js';

interface Listening {
  readonly listener: (voice: VoiceFrame) => void;
  stop: () => void;
}

/** Requests the promotion of a bridged call. Never rejects. */
export interface PromotionRequester {
  request(callEnded: AbortSignal, signal: AbortSignal | undefined): Promise<Promotion>;
}

/** A merged call over its current media. */
export class CallController implements MergedCall {
  readonly #participants: ParticipantService | undefined;
  readonly #onWarning: (error: ConsultRoomError) => void;
  readonly #ended = deferred<MergedCallEnd>();
  readonly #callEnd = new AbortController();
  readonly #listening = new Set<Listening>();
  readonly #muted = new Set<MergeSide>();
  readonly #promoter: PromotionRequester | undefined;
  #media: CallMedia;
  #promotion: Promise<Promotion> | undefined;
  /** Whether no promotion is running or has succeeded. */
  #mayPromote = true;
  #hangingUp: Promise<HangUpReport> | undefined;

  constructor(
    media: CallMedia,
    options: Pick<ParsedMergeOptions, 'participants' | 'onWarning'>,
    promoter?: PromotionRequester,
  ) {
    this.#media = media;
    this.#participants = options.participants;
    this.#onWarning = options.onWarning;
    this.#promoter = promoter;
  }

  get by(): CallMedia['by'] {
    return this.#media.by;
  }

  get humanIdentity(): string {
    return this.#media.locations.human.identity;
  }

  get ended(): Promise<MergedCallEnd> {
    return this.#ended.promise;
  }

  /** Continues over other media, with the same listeners and mutes. Never rejects. */
  async switchTo(media: CallMedia): Promise<void> {
    this.#media = media;
    for (const one of this.#listening) {
      one.stop();
      one.stop = media.listen(one.listener);
    }
    const muting = await Promise.allSettled([...this.#muted].map((side) => media.mute(side, true)));
    for (const one of muting) {
      if (one.status === 'rejected') this.#onWarning(toConsultRoomError(one.reason, 'mute after the media changed'));
    }
  }

  /** Ends the call. */
  end(end: MergedCallEnd): void {
    this.#ended.resolve(this.#hangingUp ? { cause: 'hung-up' } : end);
    this.#callEnd.abort();
    for (const one of this.#listening) one.stop();
    this.#listening.clear();
  }

  async mute(side: MergeSide, muted = true): Promise<void> {
    this.#stillOn('mute');
    await this.#media.mute(side, muted);
    if (muted) this.#muted.add(side);
    else this.#muted.delete(side);
  }

  listen(listener: (voice: VoiceFrame) => void): () => void {
    if (this.#callEnd.signal.aborted) return () => undefined;
    const guarded = guardHandler('a listener of the call', listener, this.#onWarning);
    const one: Listening = { listener: guarded, stop: this.#media.listen(guarded) };
    this.#listening.add(one);
    return () => {
      this.#listening.delete(one);
      one.stop();
    };
  }

  async play(frames: AsyncIterable<AudioFrame>, options: SignalOptions = {}): Promise<void> {
    this.#stillOn('play');
    const rooms = new Set([this.#media.locations.caller.room, this.#media.locations.human.room]);
    await playIntoRooms([...rooms], frames, anySignal(this.#callEnd.signal, options.signal));
  }

  async addSpeaker(side: MergeSide, identity: string): Promise<void> {
    this.#stillOn('add');
    await this.#media.addSpeaker(side, identity);
  }

  async removeSpeaker(side: MergeSide, identity: string): Promise<void> {
    await this.#media.removeSpeaker(side, identity);
  }

  async statistics(): Promise<CallStatistics> {
    this.#stillOn('statistics');
    return this.#media.statistics();
  }

  async hangUp(): Promise<HangUpReport> {
    if (!this.#participants) throw invalidOption(problem('server', 'must be given for hanging up'));
    this.#hangingUp ??= this.#hangUp(this.#participants);
    return this.#hangingUp;
  }

  get promotion(): Promise<Promotion> | undefined {
    return this.#promotion;
  }

  async promote(options: SignalOptions = {}): Promise<Promotion> {
    const promoter = this.#promoter;
    if (!promoter) throw invalidOption(problem('rejoin', 'must be given for a promotion, together with `server`'));
    if (this.#mayPromote) {
      this.#mayPromote = false;
      this.#promotion = this.#promote(promoter, options.signal);
    }
    return this.#promotion ?? { promoted: false, reason: 'not-bridged' };
  }

  hangUpOn(signal: AbortSignal): void {
    if (!this.#participants) throw invalidOption(problem('server', 'must be given for hanging up'));
    const hangUp = (): void => void this.hangUp();
    if (signal.aborted) hangUp();
    else signal.addEventListener('abort', hangUp, { once: true, signal: this.#callEnd.signal });
  }

  async #promote(promoter: PromotionRequester, signal: AbortSignal | undefined): Promise<Promotion> {
    if (this.#callEnd.signal.aborted) return { promoted: false, reason: 'ended' };
    if (this.by !== 'bridge') return { promoted: false, reason: 'not-bridged' };
    const promotion = await promoter.request(this.#callEnd.signal, signal);
    this.#mayPromote = !promotion.promoted;
    return promotion;
  }

  #hangUp(participants: ParticipantService): Promise<HangUpReport> {
    if (this.#callEnd.signal.aborted) return Promise.resolve({ clean: true, problems: [] });
    const locations = [this.#media.locations.caller, this.#media.locations.human];
    const named = locations.map(({ room, identity }) => ({ room: room.name ?? '', identity }));
    return hangUpParticipants(participants, named);
  }

  #stillOn(operation: string): void {
    if (this.#callEnd.signal.aborted) throw new ConsultRoomError('closed', `${operation}: the call has ended`);
  }
}
