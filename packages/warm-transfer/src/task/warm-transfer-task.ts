import { ReadableStream } from 'node:stream/web';
import { llm, voice } from '@livekit/agents';
import { type Deferred, deferred } from '@org/support';
import type { OnJobEnd } from './on-job-end.js';
import { JobTransfer } from './job-transfer.js';
import { runOutsideTool } from './run-outside-tool.js';
import { UnusedLlm } from './hold-llm.js';
import type { WarmTransferTaskOptions } from './task-options.js';
import { type NormalizedTaskOptions, parseTaskOptions } from './parse-task-options.js';
import { WarmTransferStop } from './warm-transfer-stop.js';
import { WarmTransferToolError } from './warm-transfer-tool-error.js';
import type { ConnectedCall } from '../outcome/connected-call.js';
import type { TransferOutcome } from '../outcome/outcome.js';
import { WarmTransferError } from '../warm-transfer-error.js';

/** The result of `run()` when caller and human agent are connected. */
export interface WarmTransferResult {
  readonly humanAgentIdentity: string;
  /** The call, to wait for its end or to hang up. */
  readonly call: ConnectedCall;
}

/** The session whose caller is transferred, or the context of a tool that runs in it. */
type TransferContext = voice.AgentSession | Pick<voice.RunContext, 'session'>;

/**
 * A warm transfer as an `AgentTask`: await `run()` inside a tool, or in `onEnter`, of the agent that talks to the
 * caller. While it runs, nothing that the caller says, types or presses reaches a model. Afterwards the caller is
 * returned to the agent, or, when connected, the agent stays deaf, and both hear its `session.say()`.
 */
export class WarmTransferTask extends voice.AgentTask<WarmTransferResult> {
  readonly #settings: NormalizedTaskOptions;
  readonly #onJobEnd: OnJobEnd;
  readonly #callerIdentity: string | undefined;
  #started = false;
  #entered = false;
  #transfer: JobTransfer | undefined;
  #outcome: Promise<TransferOutcome> | undefined;
  /** Receives the result if the task runs outside of a tool. */
  #standalone: Deferred<WarmTransferResult | Error> | undefined;
  #standaloneDone = false;

  /** @throws WarmTransferError `invalid-option` */
  constructor(options: WarmTransferTaskOptions = {}) {
    super({ instructions: '', llm: new UnusedLlm() });
    // The framework lets a second task of one turn wait for the end of the first, and would then start it. Before that,
    // it sets the agent that has the caller.
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
   * Runs the transfer; resolves when caller and human agent are connected. Outside of tools and `onEnter` it needs the
   * session, or the `RunContext` of a tool.
   *
   * @throws WarmTransferToolError if they are not connected; WarmTransferStop, to which the framework replies nothing,
   * if the policy cold-transferred or hung up on the caller; WarmTransferError if there is no caller to transfer.
   */
  override async run(context?: TransferContext): Promise<WarmTransferResult> {
    if (this.#started) throw new WarmTransferError('already-started', 'a task runs once; create a new one');
    this.#started = true;
    try {
      return await super.run();
    } catch (error) {
      if (error === taken) return this.#refused();
      // A session that closes, as it does when the caller hangs up, ends its task: the outcome has the result.
      const outcome = await this.#cancel();
      if (outcome !== undefined) return toResult(outcome);
      if (this.#entered || isClosing(error)) throw error;
      if (context === undefined) throw new WarmTransferError('no-session', HOW_TO_RUN, { cause: error });
      return this.#runStandalone('session' in context ? context.session : context);
    }
  }

  override get done(): boolean {
    return this.#standaloneDone || super.done;
  }

  override complete(result: WarmTransferResult | Error): void {
    // A session that closes completes its task, and then waits until it is done.
    this.#transfer?.cancel();
    if (this.#standalone === undefined) return super.complete(result);
    this.#standaloneDone = true;
    this.#standalone.resolve(result);
  }

  override async onEnter(): Promise<void> {
    this.#entered = true;
    try {
      this.#transfer ??= this.#createTransfer(this);
      this.#outcome = this.#transfer.run();
      this.#complete(toResult(await this.#outcome));
    } catch (error) {
      this.#complete(error instanceof Error ? error : new Error('the transfer could not start', { cause: error }));
    }
  }

  /** Replies nothing to a caller on hold. A reply of `null` would never end, and delay the agent's return. */
  override async llmNode(): ReturnType<voice.Agent['llmNode']> {
    return new ReadableStream<string>({ start: (reply) => reply.close() });
  }

  /** Prepares the transfer while the agent finishes its sentence. @throws `taken` */
  #prepare(from: { readonly session: voice.AgentSession }): void {
    try {
      this.#transfer = this.#createTransfer(from);
    } catch {
      // Reported by `onEnter`, which tries again.
      return;
    }
    if (!this.#transfer.prepare()) throw taken;
  }

  /** Returns the outcome of a transfer whose caller is in another one. */
  async #refused(): Promise<WarmTransferResult> {
    if (this.#transfer === undefined) throw taken;
    return toResult(await this.#transfer.run());
  }

  #createTransfer({ session }: { readonly session: voice.AgentSession }): JobTransfer {
    return new JobTransfer({
      settings: this.#settings,
      session,
      onJobEnd: this.#onJobEnd,
      callerIdentity: this.#callerIdentity,
    });
  }

  async #runStandalone(session: voice.AgentSession): Promise<WarmTransferResult> {
    this.#standalone = deferred();
    const { promise } = this.#standalone;
    const outcome = await runOutsideTool(session, this, promise).then(
      () => this.#cancel(),
      async (error: unknown) => {
        if (error !== taken) await this.#cancel();
        throw error;
      },
    );
    if (outcome !== undefined) return toResult(outcome);
    const result = await promise;
    if (result instanceof Error) throw result;
    return result;
  }

  /** Cancels a running transfer, and returns the outcome of one that has started. */
  async #cancel(): Promise<TransferOutcome | undefined> {
    this.#transfer?.cancel();
    // Prepared, and then not started.
    if (this.#outcome === undefined) void this.#transfer?.close();
    return this.#outcome;
  }

  /** Completes the task, unless the session already has, as it does when the caller hangs up. */
  #complete(result: WarmTransferResult | Error): void {
    if (!this.done) this.complete(result);
  }
}

/** Thrown if another transfer has the caller. */
const taken = new Error('another transfer has the caller');

const HOW_TO_RUN =
  'await `run()` inside a tool or in `onEnter` of the agent that talks to the caller, or pass the session or the RunContext: `run(context)`';

/** Whether the session closed before its task could start, which the framework reports by a `ToolError`. */
function isClosing(error: unknown): boolean {
  return error instanceof llm.ToolError;
}

function toResult(outcome: TransferOutcome): WarmTransferResult {
  if (outcome.status === 'connected') return { humanAgentIdentity: outcome.humanAgentIdentity, call: outcome.call };
  if (outcome.status !== 'already-running' && WarmTransferStop.isWanted(outcome)) throw new WarmTransferStop(outcome);
  throw new WarmTransferToolError(outcome);
}
