import type { voice } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import type { ModelScope } from '../models/model-scope.js';
import type { Sentence } from '../options/sentences.js';
import { type Bounds, settleWithin } from '../settle-within.js';
import { roomOptions } from './open-session.js';
import { sayWith } from './say-sentence.js';
import { VoiceTrack } from './voice-track.js';
import { type SessionNews, type SessionWatch, watchSession } from './watch-session.js';

/** How long a session that did not start in time is still waited for, to be closed. */
const LATEST_START_MS = 600_000;

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
    options: { room: Room; humanIdentity: string; news: SessionNews; scope: ModelScope },
  ) {
    this.session = session;
    this.#agent = agent;
    this.#room = options.room;
    this.#humanIdentity = options.humanIdentity;
    this.#scope = options.scope;
    this.#voice = new VoiceTrack(options.room);
    this.#watch = watchSession(session, options.news);
  }

  start(): Promise<void> {
    const where = { agent: this.#agent, room: this.#room, ...roomOptions(this.#humanIdentity) };
    this.#starting ??= this.#scope.run(() => this.session.start(where));
    return this.#starting;
  }

  /** Says a fixed sentence, cutting off what is being said, and tells whether it was said to its end in time. */
  async say(sentence: Sentence, bounds: Bounds, allowInterruptions = false): Promise<boolean> {
    if (this.#muted) return false;
    this.interrupt();
    const saying = this.#scope.run(() => sayWith(this.session, sentence, allowInterruptions));
    const said = await settleWithin(saying, bounds);
    if (said.type !== 'done') this.interrupt();
    return said.type === 'done';
  }

  interrupt(): void {
    this.#watch.interrupt();
  }

  /** Cuts off what is being said, as if nothing of it had been said. */
  takeBack(): void {
    this.#watch.takeBack();
  }

  /** Whether what the models come up with by themselves, from here on, is not said. */
  hush(now: boolean): void {
    this.#watch.hush(now);
  }

  listen(now: boolean): void {
    if (!this.#muted) this.session.input.setAudioEnabled(now);
  }

  /** Neither speaks nor listens any more; what it is saying is cut off. */
  mute(): void {
    if (this.#muted) return;
    this.interrupt();
    this.session.input.setAudioEnabled(false);
    this.session.output.setAudioEnabled(false);
    this.#muted = true;
  }

  /** Closes the session and takes its track out of the room. Every step is bounded. Never throws. */
  close(closeMs: number): Promise<void> {
    this.#closing ??= this.#close(closeMs);
    return this.#closing;
  }

  async #close(limitMs: number): Promise<void> {
    this.#watch.interrupt();
    this.#watch.close();
    this.#voice.stopWaitingForSubscriber();
    const { session } = this;
    if (this.#starting !== undefined) {
      // A session that is closed while it starts would go on starting.
      const started = await settleWithin(this.#starting, { limitMs });
      if (started.type === 'late')
        void settleWithin(this.#starting, { limitMs: LATEST_START_MS }).then(() =>
          settleWithin(session.close(), { limitMs }),
        );
      await settleWithin(session.close(), { limitMs });
    }
    await settleWithin(this.#voice.unpublish(), { limitMs });
  }
}
