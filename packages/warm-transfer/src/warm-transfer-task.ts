import { getJobContext, llm, voice } from '@livekit/agents';
import { checkTransferOptions } from './check-options.js';
import type { FailedOutcome, AlreadyRunningOutcome, TransferOutcome } from './outcome.js';
import type { MergedCall } from './merged-call.js';
import type { WarmTransferTaskOptions } from './transfer-options.js';
import { WarmTransfer } from './warm-transfer.js';

/** What `run()` resolves with when caller and human agent are connected. */
export interface WarmTransferResult {
  readonly humanAgentIdentity: string;
  /** The call of the two: wait for its end, or hang it up. */
  readonly call: MergedCall;
}

/** What `run()` rejects with when they are not: a sentence that the model can speak, and the outcome itself. */
export class WarmTransferToolError extends llm.ToolError {
  readonly outcome: FailedOutcome | AlreadyRunningOutcome;

  constructor(outcome: FailedOutcome | AlreadyRunningOutcome) {
    super(outcome.toSpeech());
    this.outcome = outcome;
  }
}

/**
 * A warm transfer as an `AgentTask`: await `run()` inside a tool, or in `onEnter`, of the agent that has the caller.
 *
 * While it runs, nothing that the caller says, types or presses reaches a model. Afterwards the agent has the caller
 * back, or, when connected, stays silent and deaf.
 */
export class WarmTransferTask extends voice.AgentTask<WarmTransferResult> {
  readonly #options: WarmTransferTaskOptions;
  #transfer: WarmTransfer | undefined;
  #outcome: Promise<TransferOutcome> | undefined;

  /** @throws WarmTransferError `invalid-option` */
  constructor(options: WarmTransferTaskOptions) {
    super({ instructions: '' });
    checkTransferOptions(options);
    this.#options = options;
  }

  /**
   * Resolves when the two are connected.
   *
   * @throws WarmTransferToolError when they are not; WarmTransferError when there is no caller to transfer.
   */
  override async run(): Promise<WarmTransferResult> {
    try {
      return await super.run();
    } catch (error) {
      // A session that closes, as it does when the caller hangs up, takes its task with it: the outcome is ours to tell.
      const outcome = await this.#cancel();
      if (outcome === undefined) throw error;
      return resultOf(outcome);
    }
  }

  override async onEnter(): Promise<void> {
    try {
      const transfer = new WarmTransfer({ ...this.#options, session: this.session });
      this.#transfer = transfer;
      // A job that ends waits until phone and rooms are released.
      getJobContext(false)?.addShutdownCallback(() => transfer.close());
      this.#outcome = transfer.run();
      this.#complete(resultOf(await this.#outcome));
    } catch (error) {
      this.#complete(error instanceof Error ? error : new Error('the transfer could not begin', { cause: error }));
    }
  }

  /** No model answers a caller on hold. */
  override async llmNode(): ReturnType<voice.Agent['llmNode']> {
    return null;
  }

  /** The outcome of a transfer that has begun; one that is still under way is canceled. */
  async #cancel(): Promise<TransferOutcome | undefined> {
    this.#transfer?.cancel();
    return this.#outcome;
  }

  /** The session may have closed the task before us, as it does when the caller hangs up. */
  #complete(result: WarmTransferResult | Error): void {
    if (!this.done) this.complete(result);
  }
}

function resultOf(outcome: TransferOutcome): WarmTransferResult {
  if (outcome.status !== 'connected') throw new WarmTransferToolError(outcome);
  return { humanAgentIdentity: outcome.humanAgentIdentity, call: outcome.call };
}
