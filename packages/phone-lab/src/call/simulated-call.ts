import { deferred } from '../deferred.js';
import { RecordingEar } from '../ears/recording-ear.js';
import { currentCreatedBy, type CreatedBy } from '../attribution/created-by.js';
import type { PhoneCallEnd, CallStatus, LateAnswer, ReceivedKey, StatusChange } from '../phone/phone-call.js';
import { CallLifetime } from './call-lifetime.js';
import type { CallSetup } from './call-setup.js';
import { DialKeys } from './dial-dtmf.js';
import { lineSoundPath } from '../line/line-sound-path.js';
import { PhoneVoice } from '../line/phone-voice.js';
import { RoomKeys } from './room-dtmf.js';
import { runScript } from './run-script.js';
import { hangUps, sipRequestOf } from './sip-request.js';
import type { PendingTransfer, Refer, ReferAnswer } from '../phone/refer.js';

/** The state of one call: its line, its history, and its only end. The steps of scripts use it. */
export class SimulatedCall extends CallLifetime {
  readonly setup: CallSetup;
  readonly placedAt: number = Date.now();
  readonly ear: RecordingEar = new RecordingEar();
  readonly voice: PhoneVoice;
  readonly status: StatusChange[] = [];
  readonly keys: ReceivedKey[] = [];
  readonly refers: Refer[] = [];
  /** The phone's behavior for a REFER. */
  referAnswer: ReferAnswer = 'follow';
  /** A transfer in progress. */
  transfer: PendingTransfer | undefined;
  /** The result of an answer after the end. */
  lateAnswer: LateAnswer | undefined;
  /** Resolves when the dial has succeeded, or the phone that calls in was answered; never rejects. */
  readonly answered: Promise<void>;
  /** Resolves when the call is active; never rejects. */
  readonly active: Promise<void>;
  /** Resolves with the first track that the line hears. */
  readonly firstTrack: Promise<void>;
  /** Settles when the line is gone and the script done. */
  readonly finished: Promise<PhoneCallEnd>;
  readonly attributes: Record<string, string>;
  /** The room of the call; at first that of its line. */
  roomName: string;
  /** False when the participant is gone although the phone is still on the line. */
  hasLine = true;
  /** Empty until the line has joined. */
  participantSid = '';
  readonly #answered = deferred<void>();
  /** The origin of the call. */
  readonly origin: CreatedBy | undefined = currentCreatedBy();
  readonly #active = deferred<void>();
  readonly #firstTrack = deferred<void>();
  readonly #finished = deferred<PhoneCallEnd>();
  readonly #gone = deferred<PhoneCallEnd>();
  readonly #reconnectWaiters: (() => void)[] = [];
  #published: Promise<void> = Promise.resolve();
  #dialKeys: DialKeys | undefined;
  #keysDone: Promise<void> = Promise.resolve();
  readonly #roomKeys: RoomKeys = new RoomKeys(this);

  constructor(setup: CallSetup) {
    super(setup.number);
    this.setup = setup;
    this.roomName = setup.seat.roomName;
    const onSounding = (isSounding: boolean): void => setup.route.setSounding(isSounding);
    this.voice = new PhoneVoice(setup.line, lineSoundPath(setup.lineOptions), onSounding);
    this.attributes = { ...setup.seat.attributes };
    this.answered = this.#answered.promise;
    this.active = this.#active.promise;
    this.firstTrack = this.#firstTrack.promise;
    this.finished = this.#finished.promise;
  }

  /** Resolves when the line is gone. */
  get gone(): Promise<PhoneCallEnd> {
    return this.#gone.promise;
  }

  get current(): CallStatus | undefined {
    return this.status.at(-1)?.status;
  }

  /**
   * Joins, shows its first status and begins to publish.
   *
   * The status is set after the join, as by the gateway: the server reports a change of attributes immediately, but a
   * participant who joined and publishes nothing only every three seconds.
   */
  async join(first: CallStatus): Promise<void> {
    const { line, seat } = this.setup;
    this.participantSid = await line.join(seat, {
      track: (track) => {
        this.#firstTrack.resolve();
        return this.voice.hearing(this.ear.record(track));
      },
      key: (key, from) => this.#roomKeys.send(key, from),
      lost: (reason) => void this.end({ how: 'disconnected', reason }),
      back: (participantSid) => this.#onReconnected(participantSid),
    });
    await this.setStatus(first);
    this.#published = line.publish();
    // A line that is lost while it publishes ends the call by itself.
    this.#published.catch(() => undefined);
  }

  /** Continues in another room. If joining it fails, the call ends, and this rejects. */
  async move(roomName: string): Promise<void> {
    this.throwIfEnded();
    await this.untilEndedOr(this.#published);
    const { line, seat } = this.setup;
    // From now on, events of the old room do not affect this call.
    this.roomName = roomName;
    try {
      this.participantSid = await line.move({ ...seat, roomName, attributes: { ...this.attributes } });
    } catch (error) {
      await this.end({ how: 'join-failed', reason: 0 });
      throw error;
    }
  }

  /** Runs the script beside the call. */
  run(script: () => Promise<void> | void): void {
    void (async () => {
      const failure = await runScript(this, script);
      if (failure) void this.end({ how: 'script-failed', reason: 1 });
      const ended = await this.gone;
      if (failure) this.#finished.reject(failure);
      else this.#finished.resolve(ended);
    })();
  }

  async setStatus(status: CallStatus): Promise<void> {
    this.throwIfEnded();
    if (status === 'active') await this.published();
    this.status.push({ status, at: Date.now() });
    await this.setAttributes({ 'sip.callStatus': status });
    if (status !== 'active') return;
    this.voice.begin();
    this.#active.resolve();
  }

  async setAttributes(attributes: Readonly<Record<string, string>>): Promise<void> {
    Object.assign(this.attributes, attributes);
    await this.untilEndedOr(this.setup.line.setAttributes(attributes));
  }

  markAnswered(): void {
    this.#answered.resolve();
  }

  /** The gateway plays the keys of the dial, and the dial succeeds, whatever becomes of phone and participant meanwhile. */
  async playDialKeys(dtmf: string): Promise<void> {
    this.throwIfEnded();
    // Not awaited: a phone that is seen in this status may hang up. A line that is lost meanwhile ends the call by itself.
    this.setStatus('automation').catch(() => undefined);
    const keys = new DialKeys(dtmf, (key) => {
      if (!this.ended) this.keys.push({ key, at: Date.now() });
    });
    this.#dialKeys = keys;
    this.#keysDone = (async (): Promise<void> => {
      const all = await keys.played;
      this.#dialKeys = undefined;
      if (all) this.markAnswered();
    })();
    await this.#keysDone;
  }

  /** Resolves when the line has come back the next time. */
  nextReconnect(): Promise<void> {
    return new Promise((resolve) => this.#reconnectWaiters.push(resolve));
  }

  /** Waits until the track is published. */
  async published(): Promise<void> {
    await this.untilEndedOr(this.#published);
  }

  /** Ends the call; only the first end counts. Resolves when the line is gone. */
  async end(end: Omit<PhoneCallEnd, 'at'>, hangsUp: boolean = hangUps.includes(end.how)): Promise<void> {
    const { line } = this.setup;
    if (end.how === 'lab-closed') this.#dialKeys?.stop();
    else if (this.#dialKeys && !this.ended && end.how === 'disconnected') {
      this.hasLine = false;
      await line.leave(end.reason);
      // The gateway looks up only after the last key; so long the phone is on the line.
      await this.#keysDone;
    }
    if (!this.ended) {
      this.setEnded({ ...end, ...sipRequestOf(end.how, this.current, this.setup.direction), at: Date.now() });
      this.voice.close();
      if (this.#dialKeys && hangsUp) {
        await this.#keysDone;
        await this.#setFinalStatus('active');
      }
      if (hangsUp) await this.#setFinalStatus('hangup');
      await line.leave(end.reason);
      if (this.ended) this.#gone.resolve(this.ended);
    }
    await this.gone;
  }

  /** Shows a status at the end of the call, when the line may be lost at any moment. */
  async #setFinalStatus(status: CallStatus): Promise<void> {
    this.attributes['sip.callStatus'] = status;
    this.status.push({ status, at: Date.now() });
    await this.setup.line.setAttributes({ 'sip.callStatus': status }).catch(() => undefined);
  }

  #onReconnected(participantSid: string): void {
    if (participantSid !== this.participantSid) {
      // A new participant knows only what its token says. A line that is lost meanwhile ends the call by itself.
      this.setup.line.setAttributes({ ...this.attributes }).catch(() => undefined);
      this.participantSid = participantSid;
    }
    for (const act of this.#reconnectWaiters.splice(0)) act();
  }
}
