import { DisconnectReason } from '@livekit/rtc-node';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import { PendingWork } from '../async/pending-work.js';
import { Timers } from '../async/timers.js';
import { Bridge } from '../bridge/bridge.js';
import { hangUpOrWarn } from '../call/hang-up.js';
import type { MergedCall } from '../call/merged-call.js';
import type { Effect, MergeOutcome, RequestEffect, Timer } from '../machine/effect.js';
import type { StrategyEvent } from '../machine/event.js';
import { limitsFor, moveLimits } from '../machine/limits.js';
import type { MergeEnd } from '../merge/merge-result.js';
import { moveParticipant } from '../move/move-participant.js';
import type { ParsedMergeOptions } from '../options/merge-options.js';
import type { ParticipantLeft } from '../room/participant-left.js';
import { watchParticipantLeft } from '../room/watch-participant-left.js';
import { getParticipants } from './get-participants.js';
import { Promoter } from './promoter.js';
import { RunningCall } from './running-call.js';
import { watchRooms } from './watch-rooms.js';

export interface EffectReports {
  readonly dispatch: (event: StrategyEvent) => void;
  readonly onEnd: (end: MergeEnd) => void;
  readonly onTogether: () => void;
  readonly onSettled: (outcome: MergeOutcome) => void;
}

/** Performs the effects of a merge on the rooms and the server, and dispatches their results. Decides nothing. */
export class EffectRunner {
  readonly #options: ParsedMergeOptions;
  readonly #reports: EffectReports;
  readonly #bridge: Bridge;
  readonly #call: RunningCall;
  readonly #timers: Timers<Timer>;
  readonly #promoter: Promoter | undefined;
  /** Work with a timeout of its own. */
  readonly #work = new PendingWork();
  readonly #stops: (() => void)[] = [];
  #isWatching = false;

  constructor(options: ParsedMergeOptions, reports: EffectReports) {
    this.#options = options;
    this.#reports = reports;
    this.#bridge = new Bridge(options);
    this.#call = new RunningCall(options, this.#bridge);
    this.#timers = new Timers(limitsFor(options.moveTimeoutMs), (type) => reports.dispatch({ type }));
    const { rejoin, sip, participants } = options;
    if (!rejoin || !sip || !participants) return;
    this.#promoter = new Promoter({ ...options, rejoin, sip, participants }, reports.dispatch);
  }

  /** Starts to watch the rooms, unless they are watched. */
  watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    this.#stops.push(watchRooms(this.#options, this.#reports.dispatch));
  }

  /** @throws ConsultRoomError `encrypted`, `media` or `closed` */
  async publishing(): Promise<void> {
    await this.#bridge.publishTracks();
  }

  /** Resolves when no work is running. */
  idle(): Promise<void> {
    return this.#work.settled();
  }

  startCall(by: 'bridge' | 'move'): MergedCall {
    const call = this.#call.start(by, this.#promoter);
    if (by === 'move') this.#reportTogether();
    if (by === 'bridge' && this.#options.promote === 'rejoin') void call.promote();
    return call;
  }

  /** Performs an effect. Never throws: an effect that fails is a warning, and dispatches no result. */
  perform(effect: Effect): void {
    try {
      this.#perform(effect);
    } catch (error) {
      this.#warn(error);
    }
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case 'publish-tracks':
        // The application awaits it, too.
        this.#do(this.#bridge.publishTracks().then(ignore, ignore));
        break;
      case 'close-gate':
        this.#bridge.closeGate();
        break;
      case 'close-bridge':
        this.#do(this.#bridge.close());
        break;
      case 'old-leg-ended':
        this.#promoter?.oldLegEnded();
        break;
      case 'remove-leg':
        this.#do(this.#hangUp(effect.identity));
        break;
      case 'set-timer':
        this.#timers.set(effect.timer, effect.timeoutMs);
        break;
      case 'settle':
        this.#reports.onSettled(effect.result);
        break;
      case 'switch-call':
        this.#switchCall(effect.by, effect.by === 'rejoin' ? effect.humanIdentity : this.#options.humanIdentity);
        break;
      case 'end':
        this.#call.end(effect.end);
        this.#reports.onEnd(effect.end);
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
    const { consultRoom, callerRoom } = this.#options;
    switch (effect.type) {
      case 'open-bridge': {
        const failure = await this.#bridge.openGate(effect.withholdMs);
        dispatch(failure ? { type: 'bridge-failed', id, failure } : { type: 'bridge-verified', id });
        break;
      }
      case 'move':
        dispatch({ type: 'move-answered', id, error: await this.#move(consultRoom.name, callerRoom.name) });
        break;
      case 'move-back':
        this.#call.closeSharedRoom();
        dispatch({ type: 'move-back-answered', id, error: await this.#move(callerRoom.name, consultRoom.name) });
        break;
      case 'verify-move': {
        const missing = await this.#call.verifyMove();
        dispatch(missing.length > 0 ? { type: 'move-unverified', id, missing } : { type: 'move-verified', id });
        break;
      }
      case 'remove':
        await this.#hangUp(this.#options.humanIdentity);
        dispatch({ type: 'human-removed', id });
        break;
      case 'promote':
        await this.#promoter?.promote(id, effect.signal, this.#bridge.relays);
        break;
    }
  }

  #move(from = '', to = ''): ReturnType<typeof moveParticipant> {
    const { humanIdentity: identity, moveTimeoutMs } = this.#options;
    return moveParticipant(getParticipants(this.#options), { identity, from, to }, moveLimits(moveTimeoutMs));
  }

  #hangUp(identity: string): Promise<void> {
    const { callerRoom, onWarning } = this.#options;
    return hangUpOrWarn(getParticipants(this.#options), { room: callerRoom.name ?? '', identity }, onWarning);
  }

  #switchCall(by: 'move' | 'rejoin', humanIdentity: string): void {
    const { callerRoom } = this.#options;
    this.#do(this.#call.switchTo(by, humanIdentity));
    this.#reportTogether();
    if (by === 'move') return;
    const onLeft = (left: ParticipantLeft): void =>
      this.#reports.dispatch({ type: 'human-gone', end: { cause: 'human-left', left } });
    this.#stops.push(watchParticipantLeft(callerRoom, humanIdentity, onLeft));
    if (callerRoom.remoteParticipants.has(humanIdentity)) return;
    // No event is emitted for a participant who left before.
    onLeft({ identity: humanIdentity, how: 'lost', reason: DisconnectReason.UNKNOWN_REASON });
  }

  /** Reports that both parties are in one room, once the bridge's tracks are unpublished: the consult room may be closed then. */
  #reportTogether(): void {
    this.#do(this.#bridge.close().then(this.#reports.onTogether));
  }

  #release(): void {
    this.#timers.clear();
    for (const stop of this.#stops.splice(0)) stop();
  }

  #do(work: Promise<void>): void {
    this.#work.add(work.catch((error: unknown) => this.#warn(error)));
  }

  #warn(error: unknown): void {
    this.#options.onWarning(toConsultRoomError(error, 'merge', 'media'));
  }
}

function ignore(): void {
  // Reported by `publishing()`.
}
