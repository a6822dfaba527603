import type { BriefingEvent } from '../decision/briefing-event.js';
import type { BriefingDecision, BriefingResult } from '../decision/briefing-result.js';
import { Decider } from '../decision/decider.js';
import { resolveSecondOpinion } from '../decision/second-opinion.js';
import { phraseFinder } from '../language/phrase-finder.js';
import type { WaitKind } from '../language/recording-reader.js';
import { isRealtime, transcribes } from '../models/briefing-models.js';
import { Opener } from '../opening/opener.js';
import type { ParsedOptions } from '../options/parse-briefing-options.js';
import type { ConsultSession } from '../session/consult-session.js';
import { ConsultSessions } from '../session/consult-sessions.js';
import { createBriefingAgent, updateInstructions } from '../session/create-briefing-agent.js';
import type { GatedAgent } from '../session/gated-agent.js';
import { createSession } from '../session/open-session.js';
import { BeepWait } from '../voicemail/beep-wait.js';
import { VoicemailHandler } from '../voicemail/voicemail-handler.js';
import { AgentSpeech } from './agent-speech.js';
import { BriefingTimers } from './briefing-timers.js';
import { ConsultTranscript } from './consult-transcript.js';
import { sessionListener } from './session-listener.js';

/** Runs one briefing: receives what the sessions report, lets the agent speak, and settles one decision. */
export class BriefingController {
  readonly agent: GatedAgent;
  readonly beep: BeepWait;
  readonly transcript: ConsultTranscript = new ConsultTranscript();
  readonly decider: Decider;
  readonly #options: ParsedOptions;
  readonly #settle: (result: BriefingResult) => void;
  readonly #timers: BriefingTimers;
  readonly #opener: Opener;
  readonly #sessions: ConsultSessions;
  readonly #speech: AgentSpeech;
  readonly #closed = new AbortController();
  #voicemail: VoicemailHandler | undefined;

  constructor(options: ParsedOptions, settle: (result: BriefingResult) => void) {
    this.#options = options;
    this.#settle = settle;
    this.beep = new BeepWait(options, this.#closed.signal);
    const secondOpinion = resolveSecondOpinion(options);
    this.decider = new Decider({ ...options, hasWords: transcribes(options.models), secondOpinion }, (decision) =>
      this.#finish(decision),
    );
    this.#timers = new BriefingTimers(options.limits, phraseFinder(options.language.moment), {
      onPresenceCheck: (isKnown) => void this.#speech.promptHuman(isKnown),
      onSilence: (limit) => this.#speech.onSilence(limit),
      onReplyLate: () =>
        this.#speech.fallBack(new Error(`the models did not answer within ${options.limits.replyMs} ms`)),
      onTotalElapsed: () => void this.#speech.endWith('timeUp', { type: 'total-limit' }),
      onWaitingElapsed: () => this.dispatch({ type: 'waiting-limit' }),
    });
    this.agent = createBriefingAgent(options, {
      accept: (quote) => this.decider.accept(quote),
      call: (event) => this.#onToolCall(event),
    });
    this.agent.onReplyChunk = (chunk) => this.#timers.onReplyChunk(chunk);
    this.#opener = new Opener(options, this.agent, {
      session: () => this.session,
      expectReply: () => this.#timers.expectReply(),
      onBroken: (cause) => this.dispatch({ type: 'broken', cause }),
      onVoicemail: () => void this.#voicemail?.onDetected('detection'),
      sendDtmf: () => void this.#voicemail?.sendDtmf(),
      onWaiting: (by) => this.#onWaiting(by),
      onWaitOver: (isPerson) => this.#onWaitOver(isPerson),
      onGivenUp: () => this.dispatch({ type: 'waiting-limit' }),
      forgetEvidence: () => this.dispatch({ type: 'restarted' }),
    });
    const listener = sessionListener(options, {
      transcript: this.transcript,
      decider: this.decider,
      timers: this.#timers,
      opener: this.#opener,
      dispatch: (event) => this.dispatch(event),
      fallBack: (cause) => this.#speech.fallBack(cause),
      hasFailed: () => this.#speech.failure !== undefined,
      isModelTurn: () => !this.#speech.isKeysOnly && this.agent.answers,
    });
    this.#sessions = new ConsultSessions(options, listener);
    this.#speech = new AgentSpeech(options, {
      agent: this.agent,
      decider: this.decider,
      timers: this.#timers,
      opener: this.#opener,
      sessions: this.#sessions,
      signal: this.#closed.signal,
      dispatch: (event) => this.dispatch(event),
    });
  }

  /** The session that is on the line. */
  get session(): ConsultSession | undefined {
    return this.#sessions.current;
  }

  /** Opens the session, and starts to prepare the instructions and the opening speech. */
  async open(): Promise<void> {
    const session = this.#sessions.add(createSession(this.#options), this.agent);
    const { signal } = this.#closed;
    const prepare = this.#opener.write(updateInstructions(this.agent, this.#options, signal), signal);
    await session.start();
    prepare(session);
    // A realtime model answers by itself, so it must not hear anything before the answer.
    if (isRealtime(this.#options.models.llm) && !this.decider.isAnswered) session.listen(false);
  }

  /** Begins the briefing: the human agent has answered. */
  onAnswered(session: ConsultSession): void {
    this.transcript.onAnswered();
    this.dispatch({ type: 'answered' });
    if (this.decider.decision !== undefined) return; // By a key pressed at the moment of the answer.
    this.#opener.onAnswered();
    if (isRealtime(this.#options.models.llm)) session.listen(true);
    this.#timers.onAnswered();
    if (this.#speech.failure !== undefined) return void this.#speech.sayFallback(session, this.#speech.failure.cause);
    this.beep.onAnswered();
    this.#voicemail = new VoicemailHandler(this.#options, session, {
      signal: this.#closed.signal,
      dispatch: (event) => this.dispatch(event),
      claimEnding: () => this.#speech.claimEnding(),
      waitBehindMenu: () => this.#waitBehind('menu'),
      waitsInstead: () => this.#waitsInstead(),
      beep: () => this.beep.wait(),
    });
    const detecting = this.#voicemail.detect();
    if (!this.#voicemail.delaysGreeting) this.#speech.begin(session);
    else void detecting.then((isVoicemail) => isVoicemail || this.#speech.begin(session));
  }

  dispatch(event: BriefingEvent): void {
    if (event.type === 'key') this.#timers.humanActivity();
    if (event.type === 'voicemail-detected' || event.type === 'models-failed') this.#opener.dispatch({ type: 'stop' });
    this.decider.dispatch(event);
  }

  /** Handles a tool call. A voicemail that the model heard is handled like one that was detected. */
  #onToolCall(event: Parameters<Decider['call']>[0]): string | undefined {
    if (event.type !== 'voicemail-called') return this.decider.call(event);
    const refusal = this.decider.refusalOf(event);
    if (refusal === undefined) void this.#voicemail?.onDetected('voice');
    return refusal;
  }

  /** Starts a wait if the last words on the line were those of a queue or a screening. Returns whether a wait is going on. */
  #waitsInstead(): boolean {
    const by = this.#opener.recordingIn(this.decider.lastWords);
    if (by !== null && by !== 'voicemail') this.#waitBehind(by);
    return this.#opener.isWaiting;
  }

  #waitBehind(by: WaitKind): void {
    if (!this.#speech.isEnding && this.#speech.failure === undefined)
      this.#opener.dispatch({ type: 'wait-behind', by });
  }

  #onWaiting(by: WaitKind): void {
    this.session?.interrupt();
    this.#timers.startWaiting();
    this.dispatch({ type: 'restarted' });
    this.#options.onWaiting?.(by);
  }

  #onWaitOver(isPerson: boolean): void {
    this.#timers.endWaiting();
    if (isPerson) this.dispatch({ type: 'restarted' });
    this.#options.onWaiting?.(null);
  }

  async close(): Promise<void> {
    this.dispatch({ type: 'canceled' });
    this.#closed.abort();
    await Promise.all([this.beep.close(), this.#sessions.close()]);
  }

  #finish(decision: BriefingDecision): void {
    const speech = this.#speech.finish();
    this.#settle({
      ...decision,
      transcript: this.transcript.turns(),
      timings: this.transcript.timings(),
      ...speech,
    });
  }
}
