import { ReadableStream } from 'node:stream/web';
import { llm, voice } from '@livekit/agents';
import { type Deferred, deferred } from '@org/support';
import type { OnJobEnd } from './on-job-end.js';
import { JobTransfer } from './job-transfer.js';
import { runBeside } from './run-outside-tool.js';
import { SilentModel } from './hold-llm.js';
import type { WarmTransferTaskOptions } from './task-options.js';
import { parseTaskOptions } from './parse-task-options.js';
import type { TaskTransferSettings } from './normalize-task-options.js';
import { WarmTransferStop } from './warm-transfer-stop.js';
import { WarmTransferToolError } from './warm-transfer-tool-error.js';
import type { MergedCall } from '../outcome/merged-call.js';
import type { TransferOutcome } from '../outcome/outcome.js';
import { WarmTransferError } from '../warm-transfer-error.js';

/** What `run()` resolves with when caller and human agent are connected. */
export interface WarmTransferResult {
  readonly humanAgentIdentity: string;
  /** The call of the two: wait for its end, or hang it up. */
  readonly call: MergedCall;
}

/** Whose caller is transferred: that of a session, or of the session in which a tool runs. */
export type TransferContext = voice.AgentSession | Pick<voice.RunContext, 'session'>;

/**
 * A warm transfer as an `AgentTask`: await `run()` inside a tool, or in `onEnter`, of the agent that has the caller.
 *
 * While it runs, nothing that the caller says, types or presses reaches a model. Afterwards the agent has the caller
 * back, or, when connected, stays deaf, and both hear what the program lets its session say.
 */
export class WarmTransferTask extends voice.AgentTask<WarmTransferResult> {
  readonly #settings: TaskTransferSettings;
  readonly #onJobEnd: OnJobEnd;
  readonly #callerIdentity: string | undefined;
  #started = false;
  #entered = false;
  #transfer: JobTransfer | undefined;
  #outcome: Promise<TransferOutcome> | undefined;
  /** Takes the result when no tool awaits this task. */
  #beside: Deferred<WarmTransferResult | Error> | undefined;
  #besideDone = false;

  /** @throws WarmTransferError `invalid-option` */
  constructor(options: WarmTransferTaskOptions = {}) {
    super({ instructions: '', llm: new SilentModel() });
    // The framework lets a second task of one turn wait for the end of the first, and would then begin it. What it does
    // before it waits is to tell the task whose caller it is about.
    let oldAgent: voice.Agent | undefined;
    Object.defineProperty(this, '_oldAgent', {
      get: () => oldAgent,
      set: (agent: voice.Agent | undefined) => {
        oldAgent = agent;
        if (agent !== undefined) this.#prepare(agent);
      },
    });
    const { settings, onJobEnd, callerIdentity } = parseTaskOptions(options);
    this.#settings = settings;
    this.#onJobEnd = onJobEnd;
    this.#callerIdentity = callerIdentity;
  }

  /**
   * Resolves when the two are connected. Outside of tools and `onEnter` it needs to be told whose caller it is about: by
   * the session, or the `RunContext` of a tool.
   *
   * @throws WarmTransferToolError when they are not connected; WarmTransferStop, to which the framework replies nothing,
   *   when the policy sent the caller on or hung up; WarmTransferError when there is no caller to transfer.
   */
  override async run(context?: TransferContext): Promise<WarmTransferResult> {
    if (this.#started) throw new WarmTransferError('already-started', 'a task runs once; make a new one');
    this.#started = true;
    try {
      return await super.run();
    } catch (error) {
      if (error === taken) return this.#refused();
      // A session that closes, as it does when the caller hangs up, takes its task with it: the outcome is ours to tell.
      const outcome = await this.#cancel();
      if (outcome !== undefined) return resultOf(outcome);
      if (this.#entered || isClosing(error)) throw error;
      if (context === undefined) throw new WarmTransferError('no-session', HOW_TO_RUN, { cause: error });
      return this.#runBeside('session' in context ? context.session : context);
    }
  }

  override get done(): boolean {
    return this.#besideDone || super.done;
  }

  override complete(result: WarmTransferResult | Error): void {
    // A session that closes completes its task for us, and then waits until it is done.
    this.#transfer?.cancel();
    if (this.#beside === undefined) return super.complete(result);
    this.#besideDone = true;
    this.#beside.resolve(result);
  }

  override async onEnter(): Promise<void> {
    this.#entered = true;
    try {
      this.#transfer ??= this.#newTransfer(this);
      this.#outcome = this.#transfer.run();
      this.#complete(resultOf(await this.#outcome));
    } catch (error) {
      this.#complete(error instanceof Error ? error : new Error('the transfer could not begin', { cause: error }));
    }
  }

  /** No model answers a caller on hold. A reply that is `null` would never be over, and hold up the agent's return. */
  override async llmNode(): ReturnType<voice.Agent['llmNode']> {
    return new ReadableStream<string>({ start: (reply) => reply.close() });
  }

  /** The framework lets the agent finish its sentence before this task begins. @throws `taken` */
  #prepare(from: { readonly session: voice.AgentSession }): void {
    try {
      this.#transfer = this.#newTransfer(from);
    } catch {
      // Reported by `onEnter`, which tries once more.
      return;
    }
    if (!this.#transfer.prepare()) throw taken;
  }

  /** The outcome of a transfer whose caller another one has. */
  async #refused(): Promise<WarmTransferResult> {
    if (this.#transfer === undefined) throw taken;
    return resultOf(await this.#transfer.run());
  }

  #newTransfer({ session }: { readonly session: voice.AgentSession }): JobTransfer {
    return new JobTransfer({
      settings: this.#settings,
      session,
      onJobEnd: this.#onJobEnd,
      callerIdentity: this.#callerIdentity,
    });
  }

  async #runBeside(session: voice.AgentSession): Promise<WarmTransferResult> {
    this.#beside = deferred();
    const { promise } = this.#beside;
    const outcome = await runBeside(session, this, promise).then(
      () => this.#cancel(),
      async (error: unknown) => {
        if (error !== taken) await this.#cancel();
        throw error;
      },
    );
    if (outcome !== undefined) return resultOf(outcome);
    const result = await promise;
    if (result instanceof Error) throw result;
    return result;
  }

  /** The outcome of a transfer that has begun; one that is still under way is canceled. */
  async #cancel(): Promise<TransferOutcome | undefined> {
    this.#transfer?.cancel();
    // What was prepared, and then could not begin.
    if (this.#outcome === undefined) void this.#transfer?.close();
    return this.#outcome;
  }

  /** The session may have closed the task before us, as it does when the caller hangs up. */
  #complete(result: WarmTransferResult | Error): void {
    if (!this.done) this.complete(result);
  }
}

/** Another transfer has the caller. */
const taken = new Error('another transfer has the caller');

const HOW_TO_RUN =
  'await `run()` inside a tool or in `onEnter` of the agent that has the caller, or give the session or the RunContext: `run(context)`';

/** The framework's word for a session that closed before its task could begin. */
function isClosing(error: unknown): boolean {
  return error instanceof llm.ToolError;
}

function resultOf(outcome: TransferOutcome): WarmTransferResult {
  if (outcome.status === 'connected') return { humanAgentIdentity: outcome.humanAgentIdentity, call: outcome.call };
  if (outcome.status !== 'already-running' && WarmTransferStop.isWanted(outcome)) throw new WarmTransferStop(outcome);
  throw new WarmTransferToolError(outcome);
}
