import type { voice } from '@livekit/agents';
import { jobOf, locateCaller } from '../locate-caller.js';
import type { TransferOutcome } from '../outcome.js';
import { WarmTransfer } from '../warm-transfer.js';
import { JobEnd, type OnJobEnd } from './job-end.js';
import type { TaskTransferSettings } from './to-transfer-settings.js';

interface JobTransferOptions {
  readonly settings: TaskTransferSettings;
  readonly session: voice.AgentSession;
  readonly onJobEnd: OnJobEnd;
}

/** A transfer of a session's caller, and what becomes of it when the job ends. */
export class JobTransfer {
  readonly #options: JobTransferOptions;
  readonly #canceled: AbortController = new AbortController();

  constructor(options: JobTransferOptions) {
    this.#options = options;
  }

  cancel(): void {
    this.#canceled.abort(new Error('the transfer was canceled'));
  }

  /** Runs once. @throws whatever {@link WarmTransfer} refuses, before anybody is on hold. */
  async run(): Promise<TransferOutcome> {
    const { settings, session, onJobEnd } = this.#options;
    const location = locateCaller({ session });
    const { callerIdentity } = location;
    const transfer = new WarmTransfer({
      ...settings,
      session,
      callerIdentity,
    });
    const jobEnd = new JobEnd(location, onJobEnd);
    const run = transfer.run({ signal: this.#canceled.signal });
    const release = async (): Promise<void> => {
      // What run() throws is told by run(); then nothing was begun.
      await run.catch(() => undefined);
      await transfer.closed();
      jobEnd.stopWatching();
    };
    const released = release();
    jobOf(session)?.addShutdownCallback(async () => {
      this.cancel();
      await transfer.close();
      await released;
      await jobEnd.settled();
    });
    const outcome = await run;
    return outcome.status === 'connected' ? { ...outcome, call: jobEnd.connected(outcome.call) } : outcome;
  }
}
