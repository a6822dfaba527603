import type { BriefingLimits } from '../options/briefing-limits.js';
import type { ReplyChunk } from '../session/gated-agent.js';
import { type HumanSilenceListener, HumanSilenceTimer } from './human-silence-timer.js';
import { ReplyTimer } from './reply-timer.js';
import { TimeBudget } from './time-budget.js';

export interface TimerListener extends HumanSilenceListener {
  /** Called when the agent was to speak and did not in time. */
  onReplyLate(): void;
  /** Called when the whole briefing has taken too long. */
  onTotalElapsed(): void;
  /** Called when no human agent came within the time for waiting. */
  onWaitingElapsed(): void;
}

/** Keeps the limits of a briefing, from the answer on. */
export class BriefingTimers {
  isAgentSpeaking = false;
  readonly #limits: Required<BriefingLimits>;
  readonly #asksForMoment: (text: string) => boolean;
  readonly #listener: TimerListener;
  readonly #reply: ReplyTimer;
  /** The agent says a filler; its answer is still to come. */
  #isFilling = false;
  #humanSilence: HumanSilenceTimer | undefined;
  readonly #total: TimeBudget;
  readonly #waiting: TimeBudget;

  /** @param asksForMoment whether words of the human agent ask for a moment */
  constructor(limits: Required<BriefingLimits>, asksForMoment: (text: string) => boolean, listener: TimerListener) {
    this.#limits = limits;
    this.#asksForMoment = asksForMoment;
    this.#listener = listener;
    this.#total = new TimeBudget(limits.totalMs, () => listener.onTotalElapsed());
    this.#waiting = new TimeBudget(limits.waitingMs, () => listener.onWaitingElapsed());
    this.#reply = new ReplyTimer(limits.replyMs, {
      onLate: () => listener.onReplyLate(),
      onPending: (now) => this.#humanSilence?.speaking('reply', now),
    });
  }

  onAnswered(): void {
    this.#total.run();
  }

  /** Starts a wait behind a recording: it has a limit of its own, and suspends all others. */
  startWaiting(): void {
    this.pause();
    this.#total.pause();
    this.#waiting.run();
  }

  endWaiting(): void {
    this.#waiting.pause();
    this.#total.run();
    this.awaitHuman();
  }

  /** Waits for the human agent as if nothing had been heard of them yet. */
  awaitHuman(): void {
    this.#humanSilence?.close();
    this.#humanSilence = new HumanSilenceTimer(this.#limits, {
      onPresenceCheck: (isKnown) => this.#listener.onPresenceCheck(isKnown),
      onSilence: (limit) => this.#listener.onSilence(limit),
    });
    this.#humanSilence.start();
  }

  /** Stops to wait for either side; the limit of the whole briefing continues. */
  pause(): void {
    this.#humanSilence?.close();
    this.#reply.close();
  }

  stop(): void {
    this.#total.pause();
    this.#waiting.pause();
    this.pause();
  }

  /** Whether the agent speaks, or is to speak. */
  get isAgentTurn(): boolean {
    return this.isAgentSpeaking || this.#reply.isReplyPending;
  }

  /** Starts to wait for the agent to speak. */
  expectReply(): void {
    this.#isFilling = false;
    this.#reply.expectReply();
  }

  /**
   * Notes progress of the model's answer. `requested` starts to wait, also when the framework discards an answer and asks again.
   * Words restart the wait until the voice sounds, unless a filler was said before them. A tool call ends it, since a
   * tool may take its time. A filler is no answer.
   */
  onReplyChunk(chunk: ReplyChunk): void {
    if (chunk === 'requested') return this.expectReply();
    const wasFilling = this.#isFilling;
    this.#isFilling = chunk === 'filler';
    if (chunk === 'filler') return;
    if (chunk === 'tool-call' || wasFilling) this.#reply.replyStarted();
    else if (this.#reply.isReplyPending) this.#reply.expectReply();
  }

  /** Ends the wait for the agent: it called a tool, or had nothing to say. */
  replyStarted(): void {
    this.#reply.replyStarted();
  }

  onAgentSpeaking(now: boolean): void {
    this.isAgentSpeaking = now;
    this.#humanSilence?.speaking('agent', now);
    if (now && !this.#isFilling) this.#reply.replyStarted();
  }

  onHumanSpeaking(now: boolean): void {
    this.#reply.onHumanSpeaking(now);
    this.#humanSilence?.speaking('human', now);
  }

  /** Notes a key or words of the human agent. */
  humanActivity(words = ''): void {
    this.#humanSilence?.humanActivity(this.#asksForMoment(words));
  }
}
