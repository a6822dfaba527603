import { DisconnectReason } from '@livekit/rtc-node';
import { problem } from '@org/support';
import { BridgeTalk } from '../bridge/bridged-media.js';
import { hangUpOrWarn } from '../call/hang-up.js';
import { LiveCall } from '../call/call-controller.js';
import type { MergedCall } from '../call/merged-call.js';
import { SharedTalk } from '../move/shared-room-media.js';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import { Bridge } from '../bridge/bridge.js';
import type { ResolvedMergeOptions } from '../options/merge-options.js';
import type { MergeEnd } from '../merge/merge-result.js';
import { proveFlows } from '../merge/verify-audio-flow.js';
import { SharedRoom } from '../move/shared-room.js';
import { moveParticipant } from '../move/move-participant.js';
import type { PeopleService } from '../api/participant-service.js';
import { invalidOption } from '../options/validate.js';
import type { ParticipantLeft } from '../room/participant-left.js';
import { watchDeparture } from '../room/watch-participant-left.js';
import { Timers } from '../async/timers.js';
import type { Effect, MergeOutcome, RequestEffect, Timer } from '../machine/effect.js';
import type { StrategyEvent } from '../machine/event.js';
import { limitsFor, moveLimits } from '../machine/limits.js';
import { Promoter } from './promoter.js';
import { watchRooms } from './watch-rooms.js';

export interface EffectReports {
  readonly dispatch: (event: StrategyEvent) => void;
  readonly onEnd: (end: MergeEnd) => void;
  readonly onTogether: () => void;
  readonly onSettled: (outcome: MergeOutcome) => void;
}

/** Performs the effects of a merge on the rooms and the server, and reports their answers. Decides nothing. */
export class EffectRunner {
  readonly #options: ResolvedMergeOptions;
  readonly #reports: EffectReports;
  readonly #bridge: Bridge;
  readonly #timers: Timers<Timer>;
  readonly #promoter: Promoter | undefined;
  /** Work that is under way. Each ends within its own limits. */
  readonly #work = new Set<Promise<void>>();
  readonly #stops: (() => void)[] = [];
  #isWatching = false;
  /** Of the proof of a move. */
  #proof = new AbortController();
  #shared: SharedRoom | undefined;
  #call: LiveCall | undefined;

  constructor(options: ResolvedMergeOptions, reports: EffectReports) {
    this.#options = options;
    this.#reports = reports;
    this.#bridge = new Bridge(options);
    this.#timers = new Timers(limitsFor(options.moveTimeoutMs), (type) => reports.dispatch({ type }));
    const { rejoin, sip, people } = options;
    if (rejoin && sip && people) this.#promoter = new Promoter({ ...options, rejoin, sip, people }, reports.dispatch);
  }

  /** Begins to watch the rooms, unless it has. */
  watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    this.#stops.push(watchRooms(this.#options, this.#reports.dispatch));
  }

  /** @throws ConsultRoomError `encrypted`, `media` or `closed`. */
  async preparing(): Promise<void> {
    await this.#bridge.prepare();
  }

  /** Resolves when no work is under way. */
  async idle(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  startCall(by: 'bridge' | 'move'): MergedCall {
    const call = new LiveCall(this.#talkOf(by), this.#options, this.#promoter);
    this.#call = call;
    if (by === 'move') this.#reportTogether();
    if (by === 'bridge' && this.#options.promote === 'rejoin') void call.promote();
    return call;
  }

  /** Never throws: what could not be performed is a warning, and its answer stays out. */
  perform(effect: Effect): void {
    try {
      this.#perform(effect);
    } catch (error) {
      this.#warn(error);
    }
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case 'prepare-bridge':
        // The application waits for it itself.
        this.#do(this.#bridge.prepare().then(ignore, ignore));
        break;
      case 'shut-bridge':
        this.#bridge.shut();
        break;
      case 'close-bridge':
        this.#do(this.#bridge.close());
        break;
      case 'old-line-ended':
        this.#promoter?.oldLineEnded();
        break;
      case 'remove-line':
        this.#do(this.#hangUp(effect.identity));
        break;
      case 'set-timer':
        this.#timers.set(effect.timer, effect.limitMs);
        break;
      case 'settle':
        this.#reports.onSettled(effect.result);
        break;
      case 'switch-call':
        this.#switchCall(effect.by, effect.by === 'rejoin' ? effect.humanIdentity : this.#options.humanIdentity);
        break;
      case 'end':
        this.#end(effect.end);
        break;
      case 'warn':
        this.#options.onWarning(effect.error);
        break;
      case 'release':
        this.#release();
        break;
      default:
        this.#do(this.#request(effect));
    }
  }

  async #request(effect: RequestEffect): Promise<void> {
    const { id } = effect;
    const { dispatch } = this.#reports;
    const { consultRoom, callerRoom, humanIdentity } = this.#options;
    switch (effect.type) {
      case 'open-bridge': {
        const failure = await this.#bridge.open(effect.withholdMs);
        dispatch(failure ? { type: 'bridge-failed', id, failure } : { type: 'bridge-proven', id });
        break;
      }
      case 'move':
        dispatch({ type: 'move-answered', id, error: await this.#move(consultRoom.name, callerRoom.name) });
        break;
      case 'move-back':
        this.#leaveShared();
        dispatch({ type: 'move-back-answered', id, error: await this.#move(callerRoom.name, consultRoom.name) });
        break;
      case 'prove-move': {
        const missing = await this.#prove(this.#share(humanIdentity));
        dispatch(missing.length > 0 ? { type: 'move-unproven', id, missing } : { type: 'move-proven', id });
        break;
      }
      case 'remove':
        await this.#hangUp(humanIdentity);
        dispatch({ type: 'human-removed', id });
        break;
      case 'promote':
        await this.#promoter?.promote(id, effect.signal, this.#bridge.relays);
        break;
    }
  }

  #move(from: string | undefined, to: string | undefined): ReturnType<typeof moveParticipant> {
    const { humanIdentity: identity, moveTimeoutMs } = this.#options;
    return moveParticipant(this.#people, { identity, from: from ?? '', to: to ?? '' }, moveLimits(moveTimeoutMs));
  }

  #prove(shared: SharedRoom): ReturnType<typeof proveFlows> {
    const proof = new AbortController();
    this.#proof = proof;
    return proveFlows(shared.flows, this.#options.proofTimeoutMs, proof.signal, this.#options);
  }

  #hangUp(identity: string): Promise<void> {
    return hangUpOrWarn(this.#people, { room: this.#options.callerRoom.name ?? '', identity }, this.#options.onWarning);
  }

  #share(humanIdentity: string): SharedRoom {
    const { callerRoom: room, callerIdentity } = this.#options;
    this.#shared ??= new SharedRoom({ room, callerIdentity, humanIdentity });
    return this.#shared;
  }

  #leaveShared(): void {
    this.#proof.abort();
    this.#shared?.close();
    this.#shared = undefined;
  }

  #talkOf(by: 'bridge' | 'move'): BridgeTalk | SharedTalk {
    const { relays } = this.#bridge;
    if (by === 'bridge' && relays) return new BridgeTalk(relays, this.#options);
    return new SharedTalk('move', this.#share(this.#options.humanIdentity), this.#people);
  }

  #switchCall(by: 'move' | 'rejoin', humanIdentity: string): void {
    const { callerRoom } = this.#options;
    const talk = new SharedTalk(by, this.#share(humanIdentity), this.#people);
    if (this.#call) this.#do(this.#call.switchTo(talk));
    this.#reportTogether();
    if (by === 'move') return;
    const gone = (left: ParticipantLeft): void =>
      this.#reports.dispatch({ type: 'human-gone', end: { cause: 'human-left', left } });
    this.#stops.push(watchDeparture(callerRoom, humanIdentity, gone));
    if (callerRoom.remoteParticipants.has(humanIdentity)) return;
    // No event is emitted for a participant who left before.
    gone({ identity: humanIdentity, how: 'lost', reason: DisconnectReason.UNKNOWN_REASON });
  }

  /** The tracks of the bridge are taken back before the consult room may go. */
  #reportTogether(): void {
    this.#do(this.#bridge.close().then(this.#reports.onTogether));
  }

  #end(end: MergeEnd): void {
    this.#call?.end(end);
    this.#leaveShared();
    this.#reports.onEnd(end);
  }

  #release(): void {
    this.#timers.clear();
    for (const stop of this.#stops.splice(0)) stop();
  }

  get #people(): PeopleService {
    const { people } = this.#options;
    if (!people) throw invalidOption(problem('server', 'must be given for all but a bridge'));
    return people;
  }

  #do(work: Promise<void>): void {
    const tracked = work.catch((error: unknown) => this.#warn(error)).finally(() => this.#work.delete(tracked));
    this.#work.add(tracked);
  }

  #warn(error: unknown): void {
    this.#options.onWarning(toConsultRoomError(error, 'merge', 'media'));
  }
}

function ignore(): void {
  // Reported by `preparing()`.
}
