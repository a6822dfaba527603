import { initializeLogger, JobContext, JobProcess, runWithJobContextAsync, type voice } from '@livekit/agents';
import { Job } from '@livekit/protocol';
import { Room } from '@livekit/rtc-node';
import type { PhoneLab } from '@org/phone-lab';
import { AccessToken } from 'livekit-server-sdk';

/** A job of a worker, in this process: the framework's own context, its room, and its way of ending. */
export class LabJob implements AsyncDisposable {
  readonly context: JobContext;
  #session: voice.AgentSession | undefined;
  #ending: Promise<void> | undefined;

  private constructor(context: JobContext) {
    this.context = context;
  }

  static async start(
    lab: PhoneLab,
    roomName: string,
    entry: (ctx: JobContext) => Promise<voice.AgentSession>,
  ): Promise<LabJob> {
    initializeLogger({ pretty: false, level: 'error' });
    const { url, apiKey, apiSecret } = lab;
    const token = new AccessToken(apiKey, apiSecret, { identity: 'agent' });
    token.kind = 'agent';
    token.addGrant({ roomJoin: true, room: roomName });
    const info = {
      acceptArguments: { name: 'agent', identity: 'agent', metadata: '' },
      job: new Job({ id: 'AJ_1' }),
      url,
      token: await token.toJwt(),
      workerId: 'AW_1',
      apiKey,
      apiSecret,
    };
    const room = new Room();
    const none = { doInference: () => Promise.reject(new Error('no model runs in this process')) };
    const job: LabJob = new LabJob(new JobContext(new JobProcess(), info, room, ignore, () => void job.end(), none));
    job.#session = await job.within(() => entry(job.context));
    return job;
  }

  get session(): voice.AgentSession {
    if (this.#session === undefined) throw new Error('the program has not started its session');
    return this.#session;
  }

  within<T>(work: () => Promise<T>): Promise<T> {
    return runWithJobContextAsync(this.context, work);
  }

  /** As the framework ends a job: session, then room, then shutdown callbacks. Idempotent. */
  end(): Promise<void> {
    this.#ending ??= this.within(async () => {
      await this.#session?.close();
      await this.context.room.disconnect();
      await Promise.all(this.context.shutdownCallbacks.map((callback) => callback()));
    });
    return this.#ending;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }
}

const ignore = (): void => undefined;
