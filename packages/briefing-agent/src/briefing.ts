import type { voice } from '@livekit/agents';
import { BriefingError } from './briefing-error.js';
import { checkOptions, type BriefingOptions, type CheckedOptions } from './briefing-options.js';
import type { BriefingDecision, BriefingResult } from './briefing-result.js';
import { briefingTools } from './briefing-tools.js';
import { ConsultRecord } from './consult-record.js';
import { decide, startOfBriefing, type BriefingEvent, type BriefingState } from './decide.js';
import { GatedAgent } from './gated-agent.js';
import { briefingInstructions } from './instructions.js';
import { newSession, roomOptions } from './open-session.js';
import { deferred } from './deferred.js';
import { requireMs, requireText } from './require.js';
import { sayWith } from './say-with.js';
import { settleWithin } from './settle-within.js';
import { SilenceClock } from './silence-clock.js';
import { transcriptOf } from './transcript.js';
import { VoiceTrack } from './voice-track.js';
import { whyClosed } from './why-closed.js';
import { watchHuman } from './watch-human.js';
import { watchSession, type SessionWatch } from './watch-session.js';

/** How long a session that did not start in time is still waited for, to be closed. */
const LATEST_START_MS = 600_000;

/**
 * Briefs one human about one caller, and brings back their decision.
 *
 * `start()` while the phone rings, `brief()` when it is answered, await `result`; then `mute()` to hand the line over
 * or `say()` something last, and in every case `close()`. The room is used, never left and never deleted.
 */
export class Briefing {
  /** Settles once, at the latest by `close()`, and never rejects. */
  readonly result: Promise<BriefingResult>;
  readonly #options: CheckedOptions;
  readonly #record = new ConsultRecord();
  readonly #silence: SilenceClock;
  readonly #agent: GatedAgent;
  readonly #settle: (result: BriefingResult) => void;
  #state: BriefingState = startOfBriefing;
  #phase: 'new' | 'starting' | 'ready' | 'muted' | 'closed' = 'new';
  #session: voice.AgentSession | undefined;
  #sessionWatch: SessionWatch | undefined;
  #starting: Promise<void> | undefined;
  #unwatchHuman: (() => void) | undefined;
  #voice: VoiceTrack | undefined;
  #totalTimer: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;

  /** @throws BriefingError `invalid-option` */
  constructor(options: BriefingOptions) {
    this.#options = checkOptions(options);
    const { limits, tools, instructions, chatCtx } = this.#options;
    const { promise, resolve } = deferred<BriefingResult>();
    this.result = promise;
    this.#settle = resolve;
    this.#silence = new SilenceClock(limits.silenceMs, () => this.#post({ type: 'silence-limit' }));
    this.#agent = new GatedAgent({
      instructions: briefingInstructions({
        ...(instructions === undefined ? {} : { instructions }),
        transcript: chatCtx === undefined ? '' : transcriptOf(chatCtx),
      }),
      tools: briefingTools((event) => this.#post(event), tools),
    });
  }

  /**
   * Starts the agent session: it listens to the human's line and says nothing yet.
   *
   * @throws BriefingError `already-started`, `room-not-connected`, `start-failed`; or the reason of the signal.
   * After a throw nothing is left running, and `result` is settled.
   */
  async start({ signal }: { signal?: AbortSignal } = {}): Promise<void> {
    if (this.#phase !== 'new') throw new BriefingError('already-started', 'a briefing runs once');
    const { room, limits } = this.#options;
    if (!room.isConnected) throw new BriefingError('room-not-connected', 'join the room before the briefing starts');
    this.#phase = 'starting';
    const starting = this.#open();
    this.#starting = starting;
    const started = await settleWithin(starting, { limitMs: limits.startMs, signal });
    if (started.type === 'done' && this.#phase === 'starting') {
      this.#phase = 'ready';
      return;
    }
    if (started.type === 'threw') this.#post({ type: 'broken', cause: started.error });
    if (started.type === 'late') {
      this.#post({ type: 'broken', cause: new Error(`not started after ${limits.startMs} ms`) });
    }
    await this.close();
    if (started.type === 'aborted') throw signal?.reason;
    const { decision } = this.#state;
    const cause = decision?.type === 'failed' ? decision.cause : undefined;
    throw new BriefingError('start-failed', 'the agent session did not start', { cause });
  }

  /**
   * The human has answered: greets them at once, or listens to them if `greeting` is `null`. The limits run from here.
   * Has no effect the second time, and none after the decision.
   *
   * @throws BriefingError `not-started`
   */
  brief(): void {
    if (this.#state.answered || this.#state.decision !== undefined) return;
    if (this.#phase === 'new' || this.#phase === 'starting' || this.#session === undefined) {
      throw new BriefingError('not-started', 'await start() before brief()');
    }
    this.#record.answered();
    this.#post({ type: 'answered' });
    this.#agent.allowReplies();
    this.#totalTimer = setTimeout(() => this.#post({ type: 'total-limit' }), this.#options.limits.totalMs);
    this.#silence.start();
    try {
      this.#speakFirst(this.#session);
    } catch (cause) {
      this.#post({ type: 'broken', cause });
    }
  }

  /**
   * Says a fixed sentence that no model has a hand in, and waits until it has been said; cuts off what is being said.
   * Also after the decision. Bounded by `limitMs` (default `limits.sayMs`) and the signal; a voice that fails ends it
   * early. Without effect when muted or closed.
   */
  async say(text: string, { limitMs, signal }: { limitMs?: number; signal?: AbortSignal } = {}): Promise<void> {
    if (this.#phase !== 'ready' || this.#session === undefined) return;
    requireText('text', text);
    if (limitMs !== undefined) requireMs('limitMs', limitMs);
    this.#sessionWatch?.interrupt();
    const saying = sayWith(this.#session, text);
    await settleWithin(saying, { limitMs: limitMs ?? this.#options.limits.sayMs, signal });
    this.#sessionWatch?.interrupt();
  }

  /** The agent neither speaks nor listens any more; what it is saying is cut off. For the moment of the merge. */
  mute(): void {
    if (this.#phase !== 'ready' || this.#session === undefined) return;
    this.#phase = 'muted';
    this.#sessionWatch?.interrupt();
    this.#session.input.setAudioEnabled(false);
    this.#session.output.setAudioEnabled(false);
  }

  /** Closes the session and takes its track out of the room, within a limit. Idempotent, never throws. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#phase = 'closed';
    this.#post({ type: 'canceled' });
    this.#unwatchHuman?.();
    this.#sessionWatch?.interrupt();
    this.#sessionWatch?.close();
    this.#voice?.stopWaitingForSubscriber();
    // Every step is bounded; what it could not do ends with the room connection, which is its owner's.
    const { closeMs } = this.#options.limits;
    const session = this.#session;
    if (session !== undefined && this.#starting !== undefined) {
      // A session that is closed while it starts would go on starting.
      const started = await settleWithin(this.#starting, { limitMs: closeMs });
      if (started.type === 'late')
        void settleWithin(this.#starting, { limitMs: LATEST_START_MS }).then(() => session.close());
      await settleWithin(session.close(), { limitMs: closeMs });
    }
    if (this.#voice !== undefined) await settleWithin(this.#voice.unpublish(), { limitMs: closeMs });
  }

  async #open(): Promise<void> {
    const { room, humanIdentity } = this.#options;
    const session = newSession(this.#options);
    this.#session = session;
    this.#voice = new VoiceTrack(room);
    this.#unwatchHuman = watchHuman(room, humanIdentity, (event) => this.#post(event));
    this.#sessionWatch = watchSession(session, {
      agentSpeaking: (now) => {
        if (now && this.#state.answered) this.#record.firstWord();
        this.#silence.speaking('agent', now);
      },
      agentSpoke: () => this.#post({ type: 'agent-spoke' }),
      agentSaid: (text) => this.#record.add('agent', text),
      humanSpeaking: (now) => {
        if (now) this.#post({ type: 'human-speaking' });
        this.#silence.speaking('human', now);
      },
      humanSaid: (text) => this.#heard(text),
      closed: (event) => this.#post(whyClosed(event)),
    });
    await session.start({ agent: this.#agent, room, ...roomOptions(humanIdentity) });
  }

  #speakFirst(session: voice.AgentSession): void {
    const { greeting } = this.#options;
    if (typeof greeting === 'function') greeting(session);
    else if (greeting !== null) session.say(greeting);
    // Said explicitly, as inside a tool of another session the framework would forbid the tools.
    else if (this.#agent.heardEarly) session.generateReply({ toolChoice: 'auto' });
  }

  #heard(text: string): void {
    this.#record.add('human', text);
    this.#silence.sign();
    this.#post({ type: 'human-words', text });
    this.#options.onHeard?.(text);
  }

  #post(event: BriefingEvent): string | undefined {
    const before = this.#state.decision;
    const { state, refusal } = decide(this.#state, event);
    this.#state = state;
    if (event.type === 'key') this.#silence.sign();
    if (before === undefined && state.decision !== undefined) this.#finish(state.decision);
    return refusal;
  }

  #finish(decision: BriefingDecision): void {
    clearTimeout(this.#totalTimer);
    this.#silence.close();
    this.#agent.forbidReplies();
    this.#settle({ ...decision, transcript: this.#record.transcript(), timings: this.#record.timings() });
  }
}
