import { voice } from '@livekit/agents';
import type { BriefingEvent } from '../decision/briefing-event.js';
import type { BriefingDecision, BriefingResult } from '../decision/briefing-result.js';
import { Decider } from '../decision/decider.js';
import { secondOpinionOf } from '../decision/second-opinion.js';
import type { SentenceName } from '../language/briefing-language.js';
import { phraseFinder } from '../language/phrase-finder.js';
import type { WaitKind } from '../language/recording-reader.js';
import { isRealtime, transcribes } from '../models/briefing-models.js';
import { Opener } from '../opening/opener.js';
import type { CheckedOptions } from '../options/parse-briefing-options.js';
import type { ConsultSession } from '../session/consult-session.js';
import { ConsultLines } from '../session/consult-sessions.js';
import { briefedAgent, improveBrief } from '../session/create-briefing-agent.js';
import type { GatedAgent } from '../session/gated-agent.js';
import { newSession, newVoiceSession } from '../session/open-session.js';
import { settleWithin } from '../settle-within.js';
import { BeepWait } from '../voicemail/beep-wait.js';
import { MachineWatch } from '../voicemail/voicemail-handler.js';
import { BriefingClocks } from './briefing-timers.js';
import { ConsultRecord } from './consult-transcript.js';
import { lineNews } from './session-listener.js';

/** The course of one briefing: what the sessions report goes in, speech and one decision come out. */
export class BriefingCourse {
  readonly agent: GatedAgent;
  readonly beep: BeepWait;
  readonly record: ConsultRecord = new ConsultRecord();
  readonly decider: Decider;
  readonly #options: CheckedOptions;
  readonly #settle: (result: BriefingResult) => void;
  readonly #clocks: BriefingClocks;
  readonly #opener: Opener;
  readonly #lines: ConsultLines;
  readonly #closed = new AbortController();
  #machine: MachineWatch | undefined;
  #ending = false;
  #told: SentenceName | undefined;
  #failure: { readonly cause: unknown } | undefined;

  constructor(options: CheckedOptions, settle: (result: BriefingResult) => void) {
    this.#options = options;
    this.#settle = settle;
    this.beep = new BeepWait(options, this.#closed.signal);
    this.decider = new Decider(
      { ...options, hasWords: transcribes(options.models), secondOpinion: secondOpinionOf(options) },
      (end) => this.#finish(end),
    );
    this.#clocks = new BriefingClocks(options.limits, phraseFinder(options.language.moment), {
      ask: (isKnown) => void this.#ask(isKnown ? 'stillThere' : 'hello'),
      silent: (limit) => this.#silent(limit),
      late: () => this.fallBack(new Error(`the models did not answer within ${options.limits.replyMs} ms`)),
      total: () => void this.#endWith('timeOver', { type: 'total-limit' }),
      waitedOut: () => this.post({ type: 'waiting-limit' }),
    });
    this.agent = briefedAgent(options, {
      accept: (quote) => this.decider.accept(quote),
      call: (event) => this.#called(event),
    });
    this.agent.onAnswer = (piece) => this.#clocks.answering(piece);
    this.#opener = new Opener(options, this.agent, {
      line: () => this.line,
      owe: () => this.#clocks.owe(),
      broken: (cause) => this.post({ type: 'broken', cause }),
      machine: () => void this.#machine?.meet('detection'),
      press: () => void this.#machine?.press(),
      held: (by) => this.#held(by),
      forget: () => this.post({ type: 'restarted' }),
      resumed: (isPerson) => this.#resumed(isPerson),
      gaveUp: () => this.post({ type: 'waiting-limit' }),
    });
    const news = lineNews(options, {
      record: this.record,
      decider: this.decider,
      clocks: this.#clocks,
      opener: this.#opener,
      post: (event) => this.post(event),
      fallBack: (cause) => this.fallBack(cause),
      hasFailed: () => this.#failure !== undefined,
      isModelsTurn: () => !this.#keysOnly && this.agent.answers,
    });
    this.#lines = new ConsultLines(options, news);
  }

  get line(): ConsultSession | undefined {
    return this.#lines.current;
  }

  /** Opens the session, and begins to write what the agent will be told and to make what it says first. */
  async open(): Promise<void> {
    const line = this.#lines.add(newSession(this.#options), this.agent);
    const { signal } = this.#closed;
    const prepare = this.#opener.write(improveBrief(this.agent, this.#options, signal), signal);
    await line.start();
    prepare(line);
    // A realtime model answers by itself, so it hears nobody before the answer.
    if (isRealtime(this.#options.models.llm) && !this.decider.isAnswered) line.listen(false);
  }

  /** The human has answered. */
  answer(line: ConsultSession): void {
    this.record.answered();
    this.post({ type: 'answered' });
    if (this.decider.decision !== undefined) return; // By a key pressed in the moment of the answer.
    this.#opener.answered();
    if (isRealtime(this.#options.models.llm)) line.listen(true);
    this.#clocks.answered();
    if (this.#failure !== undefined) return void this.#readFallback(line, this.#failure.cause);
    this.beep.answered();
    this.#machine = new MachineWatch(this.#options, line, {
      signal: this.#closed.signal,
      post: (event) => this.post(event),
      takeOver: () => this.#takeOver(),
      holdByMenu: () => this.#hold('menu'),
      holdsInstead: () => this.#holdsInstead(),
      beep: () => this.beep.wait(),
    });
    const detecting = this.#machine.detect();
    if (!this.#machine.holdsSpeech) this.#speakFirst(line);
    else void detecting.then((isMachine) => isMachine || this.#speakFirst(line));
  }
  post(event: BriefingEvent): void {
    if (event.type === 'key') this.#clocks.sign();
    if (event.type === 'machine' || event.type === 'fell-back') this.#opener.post({ type: 'stop' });
    this.decider.post(event);
  }

  /** A machine that the model heard is met like one that was detected. */
  #called(event: Parameters<Decider['call']>[0]): string | undefined {
    if (event.type !== 'voicemail-called') return this.decider.call(event);
    const refusal = this.decider.refusalOf(event);
    if (refusal === undefined) void this.#machine?.meet('voice');
    return refusal;
  }

  /** What the line said last asks to wait, or who is calling: no voicemail, but a human agent to be waited for. */
  #holdsInstead(): boolean {
    const by = this.#opener.recordingIn(this.decider.lastWords);
    if (by !== null && by !== 'voicemail') this.#hold(by);
    return this.#opener.isHeld;
  }
  #hold(by: WaitKind): void {
    if (this.decider.decision === undefined && !this.#ending && this.#failure === undefined)
      this.#opener.post({ type: 'hold', by });
  }
  #held(by: WaitKind): void {
    this.line?.interrupt();
    this.#clocks.hold();
    this.post({ type: 'restarted' });
    this.#options.onWaiting?.(by);
  }
  #resumed(isPerson: boolean): void {
    this.#clocks.resume();
    if (isPerson) this.post({ type: 'restarted' });
    this.#options.onWaiting?.(null);
  }

  /** A model failed or hangs. From here on the human is told what to press, and only keys count. */
  fallBack(cause: unknown): void {
    if (this.decider.decision !== undefined || this.#ending || this.line === undefined) return;
    if (this.#failure !== undefined)
      return void (this.decider.isAnswered && this.post({ type: 'broken', cause, limit: 'model' }));
    this.#failure = { cause };
    this.post({ type: 'fell-back' });
    if (this.decider.isAnswered) void this.#readFallback(this.line, cause);
  }

  async close(): Promise<void> {
    this.post({ type: 'canceled' });
    this.#closed.abort();
    await Promise.all([this.beep.close(), this.#lines.close()]);
  }

  async #readFallback(old: ConsultSession, cause: unknown): Promise<void> {
    const { limits, sentences } = this.#options;
    this.#clocks.waitForNobody();
    this.agent.forbidReplies();
    old.mute();
    // A room has one session at a time.
    await old.close(limits.closeMs);
    if (this.decider.decision !== undefined) return;
    const line = this.#lines.add(newVoiceSession(this.#options), new voice.Agent({ instructions: '' }));
    const [{ signal }, sentence] = [this.#closed, sentences.get('fallback')];
    const started = await settleWithin(line.start(), { limitMs: limits.startMs, signal });
    const said =
      started.type === 'done' && (sentence === null || (await line.say(sentence, { limitMs: limits.sayMs, signal })));
    if (!said) this.post({ type: 'broken', cause, limit: 'model' });
    if (this.decider.decision === undefined) this.#clocks.waitForHuman();
  }

  async #ask(name: 'stillThere' | 'hello'): Promise<void> {
    const sentence = this.#options.sentences.get(this.#keysOnly ? 'keys' : name);
    if (sentence === null) return;
    this.#clocks.owe();
    await this.line?.say(sentence, { limitMs: this.#options.limits.sayMs }, !this.#keysOnly);
  }

  /** Says the last sentence of ours, then decides; keys still count meanwhile. */
  async #endWith(name: SentenceName, event: BriefingEvent): Promise<void> {
    if (!this.#takeOver()) return;
    const sentence = this.#options.sentences.get(name);
    const bounds = { limitMs: this.#options.limits.sayMs, signal: this.#closed.signal };
    if (sentence !== null && (await this.line?.say(sentence, bounds)) === true) this.#told = name;
    this.post(event);
  }

  /** From here on only what ends the briefing is said; false when something else ends it. */
  #takeOver(): boolean {
    if (this.#ending || this.decider.decision !== undefined) return false;
    this.#ending = true;
    this.#opener.post({ type: 'stop' });
    this.#clocks.stop();
    this.agent.forbidReplies();
    this.line?.hush(true);
    return true;
  }

  #speakFirst(line: ConsultSession): void {
    if (this.decider.decision !== undefined || this.#ending || this.#failure !== undefined) return;
    this.#clocks.waitForHuman();
    this.#opener.begin(line);
  }

  #silent(limit: 'first-speech' | 'silence'): void {
    if (this.#failure !== undefined) {
      void this.#endWith('timeOver', { type: 'broken', cause: this.#failure.cause, limit: 'model' });
    } else if (limit === 'silence') void this.#endWith('timeOver', { type: 'silence-limit', limit });
    else this.post({ type: 'silence-limit', limit });
  }

  get #keysOnly(): boolean {
    return this.#failure !== undefined || this.#options.models.llm === null;
  }

  #finish(decision: BriefingDecision): void {
    this.#opener.post({ type: 'stop' });
    this.#clocks.stop();
    this.agent.forbidReplies();
    this.line?.hush(true);
    if (isRealtime(this.#options.models.llm)) this.line?.listen(false);
    if (this.#ending && this.#told === undefined) this.line?.interrupt();
    this.#settle({
      ...decision,
      transcript: this.record.transcript(),
      timings: this.record.timings(),
      ...(this.#told === undefined ? {} : { told: this.#told }),
      ...(this.#failure === undefined ? {} : { modelFailure: this.#failure.cause }),
    });
  }
}
