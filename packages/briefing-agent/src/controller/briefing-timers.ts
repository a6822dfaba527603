import type { BriefingLimits } from '../options/briefing-limits.js';
import type { AnswerPiece } from '../session/gated-agent.js';
import { Patience } from './human-silence-timer.js';
import { ReplyWatch } from './reply-timer.js';
import { TimeBudget } from './time-budget.js';

export interface ClockNews {
  /** Time to ask whether they are there; `isKnown`: they have been heard before. */
  ask(isKnown: boolean): void;
  /** Nobody spoke for too long. */
  silent(limit: 'first-speech' | 'silence'): void;
  /** The agent was asked and does nothing. */
  late(): void;
  /** The whole briefing is too long. */
  total(): void;
  /** No human agent came in the time that there is for waiting. */
  waitedOut(): void;
}

/** The limits of a briefing, from the answer on. */
export class BriefingClocks {
  agentSpeaks = false;
  readonly #limits: Required<BriefingLimits>;
  readonly #asksToWait: (text: string) => boolean;
  readonly #news: ClockNews;
  readonly #replies: ReplyWatch;
  /** What the agent says now was put before its answer, which is still to come. */
  #isFilling = false;
  #patience: Patience | undefined;
  readonly #total: TimeBudget;
  readonly #waiting: TimeBudget;

  /** @param asksToWait whether words of the person ask for a moment */
  constructor(limits: Required<BriefingLimits>, asksToWait: (text: string) => boolean, news: ClockNews) {
    this.#limits = limits;
    this.#asksToWait = asksToWait;
    this.#news = news;
    this.#total = new TimeBudget(limits.totalMs, () => news.total());
    this.#waiting = new TimeBudget(limits.waitingMs, () => news.waitedOut());
    this.#replies = new ReplyWatch(limits.replyMs, {
      late: () => news.late(),
      owed: (now) => this.#patience?.speaking('answer', now),
    });
  }

  answered(): void {
    this.#total.run();
  }

  /** A human agent is waited for behind a recording: that has a limit of its own, and suspends all others. */
  hold(): void {
    this.waitForNobody();
    this.#total.pause();
    this.#waiting.run();
  }

  /** That wait is over. */
  resume(): void {
    this.#waiting.pause();
    this.#total.run();
    this.waitForHuman();
  }

  /** The person is waited for, as if nothing had been heard of them yet. */
  waitForHuman(): void {
    this.#patience?.close();
    this.#patience = new Patience(this.#limits, {
      ask: (isKnown) => this.#news.ask(isKnown),
      over: (limit) => this.#news.silent(limit),
    });
    this.#patience.start();
  }

  /** Neither side is waited for; the whole briefing is. */
  waitForNobody(): void {
    this.#patience?.close();
    this.#replies.close();
  }

  stop(): void {
    this.#total.pause();
    this.#waiting.pause();
    this.waitForNobody();
  }

  /** The agent speaks, or is asked to. */
  get isAgentsTurn(): boolean {
    return this.agentSpeaks || this.#replies.isOwed;
  }

  /** The agent has to speak. */
  owe(): void {
    this.#isFilling = false;
    this.#replies.owe();
  }

  /**
   * The model is asked, perhaps once more because an answer was thrown away, whose tool call has paid nothing then; or a piece
   * of its answer is there: words are still to become a voice, unless it speaks already after a filler, and a tool
   * may take its time. A filler is no answer.
   */
  answering(piece: AnswerPiece): void {
    if (piece === 'asked') return this.owe();
    const wasFilling = this.#isFilling;
    this.#isFilling = piece === 'filler';
    if (piece === 'filler') return;
    if (piece === 'tool-call' || wasFilling) this.#replies.paid();
    else if (this.#replies.isOwed) this.#replies.owe();
  }

  /** It called a tool, or had nothing to say. */
  paid(): void {
    this.#replies.paid();
  }

  agentSpeaking(now: boolean): void {
    this.agentSpeaks = now;
    this.#patience?.speaking('agent', now);
    if (now && !this.#isFilling) this.#replies.paid();
  }

  humanSpeaking(now: boolean): void {
    this.#replies.humanSpeaking(now);
    this.#patience?.speaking('human', now);
  }

  /** A key, or words. */
  sign(words = ''): void {
    this.#patience?.sign(this.#asksToWait(words));
  }
}
