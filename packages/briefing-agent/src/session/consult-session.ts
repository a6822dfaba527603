import type { voice } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import { within } from '@org/support';
import type { ModelScope } from '../models/model-scope.js';
import type { BriefingSentence } from '../options/sentences.js';
import { roomOptions } from './open-session.js';
import { saySentence } from './say-sentence.js';
import { VoiceTrack } from './voice-track.js';
import { type SessionListener, type SessionWatch, watchSession } from './watch-session.js';

/** How long to wait for a session that did not start in time, in order to close it. In milliseconds. */
const LATE_START_TIMEOUT_MS = 600_000;

/** How long something may take, and what ends it before. */
interface Bounds {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** One agent session in the consult room, with its voice track. */
export class ConsultSession {
  readonly session: voice.AgentSession;
  readonly #agent: voice.Agent;
  readonly #room: Room;
  readonly #humanIdentity: string;
  readonly #scope: ModelScope;
  readonly #watch: SessionWatch;
  readonly #voice: VoiceTrack;
  #starting: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  #muted = false;

  constructor(
    session: voice.AgentSession,
    agent: voice.Agent,
    options: { room: Room; humanIdentity: string; listener: SessionListener; scope: ModelScope },
  ) {
    this.session = session;
    this.#agent = agent;
    this.#room = options.room;
    this.#humanIdentity = options.humanIdentity;
    this.#scope = options.scope;
    this.#voice = new VoiceTrack(options.room);
    this.#watch = watchSession(session, options.listener);
  }

  start(): Promise<void> {
    const where = { agent: this.#agent, room: this.#room, ...roomOptions(this.#humanIdentity) };
    this.#starting ??= this.#scope.run(() => this.session.start(where));
    return this.#starting;
  }

  /** Says a fixed sentence after interrupting the agent. Returns whether it was said in full and in time. */
  async say(sentence: BriefingSentence, { timeoutMs, signal }: Bounds, allowInterruptions = false): Promise<boolean> {
    if (this.#muted) return false;
    this.interrupt();
    const saying = this.#scope.run(() => saySentence(this.session, sentence, allowInterruptions));
    const isSaid = await within(
      timeoutMs,
      saying.then(() => true),
      () => false,
      { signal },
    ).catch(() => false);
    if (!isSaid) this.interrupt();
    return isSaid;
  }

  interrupt(): void {
    this.#watch.interrupt();
  }

  /** Interrupts the agent, and reports nothing of the interrupted speech. */
  retract(): void {
    this.#watch.retract();
  }

  /** Sets whether replies that the models begin by themselves are suppressed. */
  suppressReplies(now: boolean): void {
    this.#watch.suppressReplies(now);
  }

  listen(now: boolean): void {
    if (!this.#muted) this.session.input.setAudioEnabled(now);
  }

  /** Stops the agent from speaking and listening, and interrupts it. */
  mute(): void {
    if (this.#muted) return;
    this.interrupt();
    this.session.input.setAudioEnabled(false);
    this.session.output.setAudioEnabled(false);
    this.#muted = true;
  }

  /** Closes the session and unpublishes its track. Every step has a timeout. Never throws. */
  close(closeMs: number): Promise<void> {
    this.#closing ??= this.#close(closeMs);
    return this.#closing;
  }

  async #close(timeoutMs: number): Promise<void> {
    this.#watch.interrupt();
    this.#watch.close();
    this.#voice.stopWaitingForSubscriber();
    const { session } = this;
    if (this.#starting !== undefined) {
      // A session that is closed while it starts would continue to start.
      const settled = this.#starting.then(ignore, ignore);
      const isLate = await within(
        timeoutMs,
        settled.then(() => false),
        () => true,
      );
      if (isLate)
        void within(LATE_START_TIMEOUT_MS, settled, ignore)
          .then(() => within(timeoutMs, session.close(), ignore))
          .catch(ignore);
      this.#voice.dropAudio();
      await within(timeoutMs, session.close(), ignore).catch(ignore);
    }
    await within(timeoutMs, this.#voice.unpublish(), ignore).catch(ignore);
  }
}

const ignore = (): void => undefined;
