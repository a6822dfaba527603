import { voice } from '@livekit/agents';
import { isRealtime, transcribes } from './briefing-models.js';
import type { CheckedOptions } from './briefing-options.js';
import { briefedAgent, improveBrief } from './briefed-agent.js';
import type { BriefingDecision, BriefingResult } from './briefing-result.js';
import { ConsultRecord } from './consult-record.js';
import { ConsultSession } from './consult-session.js';
import { decide, startOfBriefing, type BriefingEvent, type BriefingState } from './decide.js';
import type { GatedAgent } from './gated-agent.js';
import type { SentenceName } from './language.js';
import { newSession, newVoiceSession } from './open-session.js';
import { Patience } from './patience.js';
import { ReplyWatch } from './reply-watch.js';
import { settleWithin } from './settle-within.js';
import { speakFirst } from './speak-first.js';
import type { SessionNews } from './watch-session.js';
import { whyClosed } from './why-closed.js';

/** The course of one briefing: what the sessions report goes in, speech and one decision come out. */
export class BriefingCourse {
  readonly agent: GatedAgent;
  readonly #options: CheckedOptions;
  readonly #settle: (result: BriefingResult) => void;
  readonly #record = new ConsultRecord();
  readonly #replies: ReplyWatch;
  /** Sessions of this briefing; the last one is on the line. */
  readonly #lines: ConsultSession[] = [];
  readonly #closed = new AbortController();
  #patience: Patience;
  #state: BriefingState;
  #totalTimer: NodeJS.Timeout | undefined;
  #agentSpeaks = false;
  #ending = false;
  #told: SentenceName | undefined;
  #failure: { readonly cause: unknown } | undefined;

  constructor(options: CheckedOptions, settle: (result: BriefingResult) => void) {
    this.#options = options;
    this.#settle = settle;
    this.#state = { ...startOfBriefing, keys: options.keys };
    this.#patience = this.#newPatience();
    const { replyMs } = options.limits;
    this.#replies = new ReplyWatch(replyMs, {
      late: () => this.fallBack(new Error(`the models did not answer within ${replyMs} ms`)),
      owed: (now) => this.#patience.speaking('answer', now),
    });
    this.agent = briefedAgent(options, (event) => this.post(event));
  }

  get decision(): BriefingDecision | undefined {
    return this.#state.decision;
  }

  get isAnswered(): boolean {
    return this.#state.answered;
  }

  get line(): ConsultSession | undefined {
    return this.#lines.at(-1);
  }

  /** Opens the session and begins to write what the agent will be told. */
  async open(): Promise<void> {
    const line = this.#newLine(newSession(this.#options), this.agent);
    void improveBrief(this.agent, this.#options, this.#closed.signal);
    await line.start();
    // A realtime model answers by itself, so it hears nobody before the answer.
    if (isRealtime(this.#options.models.llm) && !this.isAnswered) line.listen(false);
  }

  /** The human has answered. */
  answer(line: ConsultSession): void {
    const { limits } = this.#options;
    this.#record.answered();
    this.post({ type: 'answered' });
    this.agent.allowReplies();
    if (isRealtime(this.#options.models.llm)) line.listen(true);
    this.#totalTimer = setTimeout(() => void this.#endWith('timeOver', { type: 'total-limit' }), limits.totalMs);
    if (this.#failure !== undefined) return void this.#readFallback(line, this.#failure.cause);
    this.#patience.start();
    try {
      if (speakFirst(line.session, this.#options, this.agent.heardEarly)) this.#replies.owe();
    } catch (cause) {
      this.post({ type: 'broken', cause });
    }
  }

  /** Takes an event; answers why it had no effect, if it had none. */
  post(event: BriefingEvent): string | undefined {
    const before = this.decision;
    const { state, refusal } = decide(this.#state, event);
    this.#state = state;
    if (event.type === 'key' && this.isAnswered) this.#patience.sign();
    if (before === undefined && state.decision !== undefined) this.#finish(state.decision);
    return refusal;
  }

  /** A model failed or hangs. From here on the human is told what to press, and only keys count. */
  fallBack(cause: unknown): void {
    const { line } = this;
    if (this.decision !== undefined || this.#ending || line === undefined) return;
    if (this.#failure !== undefined)
      return void (this.isAnswered && this.post({ type: 'broken', cause, limit: 'model' }));
    this.#failure = { cause };
    this.post({ type: 'fell-back' });
    if (this.isAnswered) void this.#readFallback(line, cause);
  }

  async close(): Promise<void> {
    this.post({ type: 'canceled' });
    this.#closed.abort();
    await Promise.all(this.#lines.map((line) => line.close(this.#options.limits.closeMs)));
  }

  async #readFallback(old: ConsultSession, cause: unknown): Promise<void> {
    const { limits, sentences } = this.#options;
    this.#patience.close();
    this.#replies.close();
    this.agent.forbidReplies();
    old.mute();
    // A room has one session at a time.
    await old.close(limits.closeMs);
    if (this.decision !== undefined) return;
    const line = this.#newLine(newVoiceSession(this.#options), new voice.Agent({ instructions: '' }));
    const { signal } = this.#closed;
    const started = await settleWithin(line.start(), { limitMs: limits.startMs, signal });
    const sentence = sentences.get('fallback');
    const said =
      started.type === 'done' && (sentence === null || (await line.say(sentence, { limitMs: limits.sayMs, signal })));
    if (!said) return void this.post({ type: 'broken', cause, limit: 'model' });
    if (this.decision !== undefined) return;
    this.#patience = this.#newPatience();
    this.#patience.start();
  }

  async #nudge(): Promise<void> {
    const sentence = this.#options.sentences.get(this.#keysOnly ? 'keys' : 'hello');
    if (sentence === null || this.line === undefined) return;
    this.#replies.owe();
    await this.line.say(sentence, { limitMs: this.#options.limits.sayMs }, !this.#keysOnly);
  }

  /** Says the last sentence of ours, then decides; keys still count meanwhile. */
  async #endWith(name: SentenceName, event: BriefingEvent): Promise<void> {
    if (this.#ending || this.decision !== undefined) return;
    this.#ending = true;
    this.#stopClocks();
    this.agent.forbidReplies();
    this.line?.hush();
    const sentence = this.#options.sentences.get(name);
    const bounds = { limitMs: this.#options.limits.sayMs, signal: this.#closed.signal };
    if (sentence !== null && (await this.line?.say(sentence, bounds)) === true) this.#told = name;
    this.post(event);
  }

  #patienceIsOver(limit: 'first-speech' | 'silence'): void {
    const failure = this.#failure;
    if (failure !== undefined) {
      void this.#endWith('timeOver', { type: 'broken', cause: failure.cause, limit: 'model' });
    } else if (limit === 'silence') void this.#endWith('timeOver', { type: 'silence-limit', limit });
    else this.post({ type: 'silence-limit', limit });
  }

  get #keysOnly(): boolean {
    return this.#failure !== undefined || this.#options.models.llm === null;
  }

  #newPatience(): Patience {
    return new Patience(this.#options.limits, {
      nudge: () => void this.#nudge(),
      over: (limit) => this.#patienceIsOver(limit),
    });
  }

  #newLine(session: voice.AgentSession, agent: voice.Agent): ConsultSession {
    const { room, humanIdentity } = this.#options;
    const line = new ConsultSession(session, agent, { room, humanIdentity, news: this.#news() });
    this.#lines.push(line);
    return line;
  }

  #news(): SessionNews {
    return {
      agentSpeaking: (now) => {
        this.#agentSpeaks = now;
        if (now && this.isAnswered) this.#record.firstWord();
        if (now) this.#replies.paid();
        this.#patience.speaking('agent', now);
      },
      agentSpoke: () => this.post({ type: 'agent-spoke' }),
      agentSaid: (text) => this.#record.add('agent', text),
      humanSpeaking: (now) => {
        if (now) this.post({ type: 'human-speaking' });
        this.#replies.humanSpeaking(now);
        this.#patience.speaking('human', now);
        // What a model heard and nobody wrote down.
        if (!now && !transcribes(this.#options.models)) this.#heard('');
      },
      humanSaid: (text) => this.#heard(text),
      speechOver: () => this.#replies.paid(),
      toolsRan: () => this.#replies.paid(),
      modelFailed: (cause) => this.fallBack(cause),
      closed: (event) => {
        const why = whyClosed(event);
        if (why.type === 'broken') this.fallBack(why.cause);
        else this.post(why);
      },
    };
  }

  #heard(text: string): void {
    const { allowInterruptions, language, onHeard } = this.#options;
    this.#record.add('human', text);
    this.#patience.sign();
    this.post({ type: 'human-words', refusal: language.refusal.test(text) });
    const isAnsweredByAgent = this.isAnswered && !this.#keysOnly && !this.#ending && this.decision === undefined;
    if (isAnsweredByAgent && (allowInterruptions || !this.#agentSpeaks)) this.#replies.owe();
    if (text !== '') onHeard?.(text);
  }

  #stopClocks(): void {
    clearTimeout(this.#totalTimer);
    this.#patience.close();
    this.#replies.close();
  }

  #finish(decision: BriefingDecision): void {
    this.#stopClocks();
    this.agent.forbidReplies();
    this.line?.hush();
    if (isRealtime(this.#options.models.llm)) this.line?.listen(false);
    if (this.#ending && this.#told === undefined) this.line?.interrupt();
    this.#settle({
      ...decision,
      transcript: this.#record.transcript(),
      timings: this.#record.timings(),
      ...(this.#told === undefined ? {} : { told: this.#told }),
      ...(this.#failure === undefined ? {} : { modelFailure: this.#failure.cause }),
    });
  }
}
