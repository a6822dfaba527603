import type { voice } from '@livekit/agents';
import { type CallerLocation, getJob, locateCaller } from '../session/locate-caller.js';
import type { TransferOutcome } from '../outcome/outcome.js';
import { WarmTransfer } from '../warm-transfer.js';
import { JobEndHandler, type OnJobEnd } from './on-job-end.js';
import type { NormalizedTaskOptions } from './parse-task-options.js';

interface JobTransferOptions {
  readonly settings: NormalizedTaskOptions;
  readonly session: voice.AgentSession;
  readonly onJobEnd: OnJobEnd;
  /** The caller. Default: the participant that the session is linked to, else the only caller in the room. */
  readonly callerIdentity: string | undefined;
}

/** A transfer of a session's caller in a job, with the handling of the job's end. */
export class JobTransfer {
  readonly #options: JobTransferOptions;
  readonly #location: CallerLocation;
  readonly #transfer: WarmTransfer;

  /** @throws the errors of the constructor of {@link WarmTransfer}. */
  constructor(options: JobTransferOptions) {
    const { settings, session } = options;
    this.#options = options;
    this.#location = locateCaller({ session, callerIdentity: options.callerIdentity });
    const { callerIdentity } = this.#location;
    this.#transfer = new WarmTransfer({ ...settings, session, callerIdentity });
  }

  /**
   * Claims the caller and prepares the transfer while the agent finishes its sentence; false if another transfer has
   * the caller, as the outcome will be. A transfer that is not run must be closed.
   */
  prepare(): boolean {
    const isOurs = this.#transfer.claim();
    if (isOurs) this.#transfer.prepare();
    return isOurs;
  }

  cancel(): void {
    this.#transfer.cancel();
  }

  async close(): Promise<void> {
    await this.#transfer.close();
  }

  /** Runs the transfer, once. @throws HoldAudioError if the clip cannot be played. */
  async run(): Promise<TransferOutcome> {
    const { session, onJobEnd } = this.#options;
    const jobEnd = new JobEndHandler(this.#location, onJobEnd);
    const run = this.#transfer.run();
    const release = async (): Promise<void> => {
      // An error is reported by run(); then nothing was started.
      await run.catch(() => undefined);
      await this.#transfer.closed();
      jobEnd.stopWatching();
      await jobEnd.settled();
    };
    const released = release();
    const shutDown = async (): Promise<void> => {
      await this.close();
      await released;
    };
    const job = getJob(session);
    job?.addShutdownCallback(shutDown);
    const forget = (): void => {
      if (job) job.shutdownCallbacks = job.shutdownCallbacks.filter((callback) => callback !== shutDown);
    };
    // A failure at the end of the job is reported by the callback, which then stays.
    released.then(forget, () => undefined);
    const outcome = await run;
    return outcome.status === 'connected' ? { ...outcome, call: jobEnd.connected(outcome.call) } : outcome;
  }
}
