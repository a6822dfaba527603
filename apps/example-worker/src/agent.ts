import { fileURLToPath } from 'node:url';
import { cli, defineAgent, type JobContext, ServerOptions, voice } from '@livekit/agents';
import { AGENT_NAME } from './agent-name.js';
import { logEvent } from './event-log.js';
import { Receptionist } from './receptionist.js';
import { receptionistSpeech } from './scripted-speech.js';

/** What a job's metadata says about its call. */
interface CallMetadata {
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

export default defineAgent({
  entry: async (ctx: JobContext) => {
    const { transferTo } = readMetadata(ctx.job.metadata);
    await ctx.connect();
    logEvent('joined');

    const session = new voice.AgentSession({ ...receptionistSpeech(), vad: null, turnDetection: 'stt' });
    session.on(voice.AgentSessionEventTypes.Close, () => ctx.shutdown('the session is over'));
    await session.start({
      agent: new Receptionist({
        transferTo,
        onCallEnded: (end) => {
          logEvent('call-ended', { by: end.by, callerIs: end.caller });
          if (end.caller !== 'returned') session.shutdown();
        },
      }),
      room: ctx.room,
      // The call is over when the session is; without this an empty room would wait for its departure timeout.
      inputOptions: { deleteRoomOnClose: true },
      record: false,
    });
  },
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  cli.runApp(
    new ServerOptions({
      agent: fileURLToPath(import.meta.url),
      agentName: AGENT_NAME,
      host: '127.0.0.1',
      port: 0,
      numIdleProcesses: 1,
      // As many calls as this worker takes, rather than how busy a shared machine is.
      loadFunc: async (server) => server.activeJobs.length / 10,
    }),
  );
}
