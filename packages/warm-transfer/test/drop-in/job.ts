import { initializeLogger, JobContext, JobProcess, type llm, runWithJobContextAsync, voice } from '@livekit/agents';
import { Job } from '@livekit/protocol';
import { Room } from '@livekit/rtc-node';
import type { ScriptedLLM } from '@org/briefing-agent/testing';
import type { PhoneLab } from '@org/phone-lab';
import { AccessToken } from 'livekit-server-sdk';
import { models } from '../support/call-center.js';

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

/** A caller's agent without its models: its tools, and its requests to the model. */
interface ToolAgent {
  readonly llm: ScriptedLLM;
  readonly tools: llm.ToolContextEntry[];
}

/** A job whose agent has these tools, and the models that {@link models} are. */
export function startToolJob(lab: PhoneLab, roomName: string, { llm: model, tools }: ToolAgent): Promise<LabJob> {
  return LabJob.start(lab, roomName, async (ctx) => {
    await ctx.connect();
    const session = new voice.AgentSession({
      ...models({ llm: model }),
      vad: null,
      turnHandling: { turnDetection: 'stt', interruption: { mode: 'vad' } },
    });
    const agent = new voice.Agent({ instructions: 'You answer the phone.', tools: [...tools] });
    await session.start({ agent, room: ctx.room, record: false });
    return session;
  });
}

const ignore = (): void => undefined;
