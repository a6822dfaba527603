import { type JobContext, llm, voice } from '@livekit/agents';
// The one line that is another: it was `import { workflows } from '@livekit/agents'`.
import * as workflows from '@org/warm-transfer';

/** The models of a program, and what the tests want to know of it. */
export interface Program {
  readonly session: voice.AgentSessionOptions;
  readonly briefing: Pick<workflows.WarmTransferTaskOptions, 'llm' | 'tts' | 'merge'>;
  readonly supervisor: string;
  readonly told: (resultOrError: unknown) => void;
  /** LiveKit's own, to compare. Default: that of the import. */
  readonly task?: typeof workflows.WarmTransferTask;
}

/** Written from the documentation of LiveKit's `workflows.WarmTransferTask`. */
class SupportAgent extends voice.Agent {
  constructor({ briefing, supervisor, told, task: WarmTransferTask = workflows.WarmTransferTask }: Program) {
    super({
      instructions: 'You help callers. When one asks for a person, transfer them.',
      tools: [
        llm.tool({
          name: 'transfer_to_human',
          description: 'Called when the caller asks to speak to a human agent.',
          execute: async (_args: unknown, { ctx }: llm.ToolOptions) => {
            try {
              const result = await new WarmTransferTask({
                sipCallTo: supervisor,
                sipTrunkId: process.env['LIVEKIT_SIP_OUTBOUND_TRUNK'] ?? null,
                ringingTimeout: 30_000,
                dtmf: null,
                chatCtx: ctx.session.chatCtx,
                instructions: { extra: 'Be brief.' },
                greetingSpeech: (session) => session.say('I have a caller for you. Will you talk to them?'),
                callerHangupSpeech: (session) => session.say('The caller has hung up.', { allowInterruptions: false }),
                turnDetection: null,
                vad: null,
                ...briefing,
              }).run();
              told(result);
              await ctx.session.say('You are on the line with my supervisor.').waitForPlayout();
              ctx.session.shutdown();
            } catch (error) {
              told(error);
              if (error instanceof llm.ToolError) throw error;
              throw new llm.ToolError(`The transfer failed: ${String(error)}`);
            }
          },
        }),
      ],
    });
  }

  override async onEnter(): Promise<void> {
    this.session.say('Hello. How can I help you?');
  }
}

/** The entry for `defineAgent({ entry })`. */
export async function entry(ctx: JobContext, program: Program): Promise<voice.AgentSession> {
  await ctx.connect();
  const session = new voice.AgentSession(program.session);
  await session.start({ agent: new SupportAgent(program), room: ctx.room, record: false });
  return session;
}
