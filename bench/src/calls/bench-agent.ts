import { appendFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cli, defineAgent, type JobContext, llm, ServerOptions, voice, workflows } from '@livekit/agents';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS, type ScriptedReply } from '@org/briefing-agent/testing';
import { prewarmTransfers, WarmTransferTask } from '@org/warm-transfer';
import { AGENT_NAME, voices, words } from './voices.js';
import type { CallMetadata, WorkerEvent } from './worker-event.js';

const holdClip = process.env['BENCH_HOLD_CLIP'] ?? '';

/** Both libraries get these: same models, same phone, same clip. */
function optionsOf({ number, voiceDelayMs }: CallMetadata, log: (event: WorkerEvent['event']) => void) {
  return {
    sipCallTo: number,
    holdAudio: holdClip,
    greetingSpeech: 'I have a caller for you. Will you take the call?',
    stt: new ScriptedSTT({ words }),
    tts: new ScriptedTTS({ frequency: voices.briefing, delayMs: voiceDelayMs }),
    llm: new ScriptedLLM({
      reply: ({ userText, toolResult }): ScriptedReply | undefined => {
        if (toolResult !== undefined || userText !== 'yes') return undefined;
        log('accepted');
        return { call: { name: 'connect_to_caller' } };
      },
    }),
  };
}

export default defineAgent({
  // As our documentation says; what it does for the process is there for either library.
  prewarm: () => prewarmTransfers({ holdAudio: holdClip }),
  entry: async (ctx: JobContext) => {
    const metadata = JSON.parse(ctx.job.metadata) as CallMetadata;
    await ctx.connect();
    const file = process.env['BENCH_EVENTS'] ?? '';
    const log = (event: WorkerEvent['event'], detail = ''): void => {
      const line: WorkerEvent = { event, at: Date.now(), room: ctx.room.name ?? '', detail };
      appendFileSync(file, `${JSON.stringify(line)}\n`);
    };
    const session = new voice.AgentSession({
      stt: new ScriptedSTT({ words }),
      tts: new ScriptedTTS({ frequency: voices.receptionist }),
      llm: new ScriptedLLM({
        reply: ({ userText, toolResult }) => {
          if (toolResult?.isError) return { say: 'I am sorry, that did not work. Can I help instead?' };
          return toolResult === undefined && userText === 'person' ? { call: { name: 'transfer' } } : undefined;
        },
      }),
      vad: null,
      turnDetection: 'stt',
    });
    session.on(voice.AgentSessionEventTypes.Close, () => ctx.shutdown('the session is over'));
    const transfer = llm.tool({
      name: 'transfer',
      description: 'Fetches a person.',
      execute: async () => {
        const options = optionsOf(metadata, log);
        const { library, supportsMove } = metadata;
        const task =
          library === 'ours'
            ? new WarmTransferTask({ ...options, merge: { supportsMove } })
            : new workflows.WarmTransferTask(options);
        log('run');
        try {
          await task.run();
          log('connected');
          return 'connected';
        } catch (error) {
          log('failed', error instanceof Error ? error.message : String(error));
          throw error;
        }
      },
    });
    await session.start({
      agent: new voice.Agent({ instructions: 'You answer the phone.', tools: [transfer] }),
      room: ctx.room,
      inputOptions: { deleteRoomOnClose: true },
      record: false,
    });
    session.say('Hello. How can I help you?');
  },
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  cli.runApp(
    new ServerOptions({
      agent: fileURLToPath(import.meta.url),
      agentName: AGENT_NAME,
      host: '127.0.0.1',
      port: Number(process.env['WORKER_PORT'] ?? 8081),
      // A process that got ready for the next call would take the CPU from this one; 0 is the framework's default.
      numIdleProcesses: -1,
      // The framework counts a process that was made for its call among the active ones for ever.
      loadFunc: () => Promise.resolve(0),
    }),
  );
}
