import { fileURLToPath } from 'node:url';
import { cli, defineAgent, type JobContext, ServerOptions, voice } from '@livekit/agents';
import { type ConnectedCall, prewarmTransfers } from '@org/warm-transfer';
import { AGENT_NAME } from './agent-name.js';
import { logEvent, logOutcome } from './event-log.js';
import { Receptionist } from './receptionist.js';
import { briefingSpeech, receptionistSpeech } from './scripted-speech.js';

/** The metadata of a job, about its call. */
interface CallMetadata {
  /** Phone number of the person to fetch. */
  readonly transferTo: string;
}

function readMetadata(metadata: string): CallMetadata {
  const parsed: unknown = JSON.parse(metadata);
  if (
    typeof parsed === 'object' &&
    parsed !== null &&
    'transferTo' in parsed &&
    typeof parsed.transferTo === 'string'
  ) {
    return { transferTo: parsed.transferTo };
  }
  throw new Error('the job metadata must be JSON with `transferTo`, the phone number of the person to fetch');
}

/** The task ends session and job with the call, unless the caller has the AI back, as after a lost line. */
async function logEnd(call: ConnectedCall): Promise<void> {
  const { by, caller } = await call.ended;
  logEvent('call-ended', { by, callerIs: caller });
}

export default defineAgent({
  prewarm: () => prewarmTransfers(),
  entry: async (ctx: JobContext) => {
    const { transferTo } = readMetadata(ctx.job.metadata);
    await ctx.connect();
    logEvent('joined');

    // Neither VAD nor network: the scripted recognition reports by itself when a person has spoken.
    const session = new voice.AgentSession({ ...receptionistSpeech(), vad: null, turnDetection: 'stt' });
    session.on(voice.AgentSessionEventTypes.Close, () => ctx.shutdown('the session is over'));
    const receptionist = new Receptionist(
      {
        sipCallTo: transferTo,
        ...briefingSpeech(),
        greetingSpeech:
          'Hello, I have a caller who asks for a person. Will you take the call? Press 1 for yes, 2 for no.',
        onPhase: ({ phase, at, ...event }) => logEvent(phase, event, at),
      },
      (outcome) => {
        logOutcome(outcome);
        if ('call' in outcome) void logEnd(outcome.call);
      },
    );
    await session.start({ agent: receptionist, room: ctx.room, record: false });
  },
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  cli.runApp(
    new ServerOptions({
      agent: fileURLToPath(import.meta.url),
      agentName: AGENT_NAME,
      host: '127.0.0.1',
      // Of the health check. The framework takes 0 for its default, 8081.
      port: Number(process.env['WORKER_PORT'] ?? 8081),
      // Processes that wait for the next call. The framework takes 0 for its default; less than 0 is none, and then it
      // counts every call among the active ones for ever.
      numIdleProcesses: Number(process.env['IDLE_PROCESSES'] ?? 1),
      // As many calls as this worker takes, rather than how busy a shared machine is.
      loadFunc: async (server) => server.activeJobs.length / 10,
    }),
  );
}
