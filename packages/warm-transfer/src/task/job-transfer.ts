import type { voice } from '@livekit/agents';
import { type CallerLocation, jobOf, locateCaller } from '../session/locate-caller.js';
import type { TransferOutcome } from '../outcome/outcome.js';
import { WarmTransfer } from '../warm-transfer.js';
import { JobEnd, type OnJobEnd } from './on-job-end.js';
import type { TaskTransferSettings } from './normalize-task-options.js';

interface JobTransferOptions {
  readonly settings: TaskTransferSettings;
  readonly session: voice.AgentSession;
  readonly onJobEnd: OnJobEnd;
  /** Default: the participant whom the session is linked to, else the only caller in the room. */
  readonly callerIdentity: string | undefined;
}

/** A transfer of a session's caller, and what becomes of it when the job ends. */
export class JobTransfer {
  readonly #options: JobTransferOptions;
  readonly #location: CallerLocation;
  readonly #transfer: WarmTransfer;

  /** @throws whatever {@link WarmTransfer} refuses, before anybody is on hold. */
  constructor(options: JobTransferOptions) {
    const { settings, session } = options;
    this.#options = options;
    this.#location = locateCaller({ session, callerIdentity: options.callerIdentity });
    const { callerIdentity } = this.#location;
    this.#transfer = new WarmTransfer({ ...settings, session, callerIdentity });
  }

  /**
   * Claims the caller, and does what they do not notice, while the agent finishes its sentence; false when another
   * transfer has the caller, as the outcome will say. One that is not run must be closed.
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

  /** Runs once. @throws HoldAudioError for a clip that cannot be played. */
  async run(): Promise<TransferOutcome> {
    const { session, onJobEnd } = this.#options;
    const jobEnd = new JobEnd(this.#location, onJobEnd);
    const run = this.#transfer.run();
    const release = async (): Promise<void> => {
      // What run() throws is told by run(); then nothing was begun.
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
    const job = jobOf(session);
    job?.addShutdownCallback(shutDown);
    const forget = (): void => {
      if (job) job.shutdownCallbacks = job.shutdownCallbacks.filter((callback) => callback !== shutDown);
    };
    // What could not be done as the job ended is told by the callback, which then stays.
    released.then(forget, () => undefined);
    const outcome = await run;
    return outcome.status === 'connected' ? { ...outcome, call: jobEnd.connected(outcome.call) } : outcome;
  }
}
