import { llm, voice } from '@livekit/agents';
import { type CallEnd, WarmTransferTask, WarmTransferToolError } from '@org/warm-transfer';
import { logEvent } from './event-log.js';
import { briefingSpeech } from './scripted-speech.js';

interface ReceptionistOptions {
  /** Phone number of the person to fetch. */
  readonly transferTo: string;
  /** Called when a call that we connected is over. */
  readonly onCallEnded: (end: CallEnd) => void;
}

/** The agent that answers the phone. Asked for a person, it makes a warm transfer. */
export class Receptionist extends voice.Agent {
  constructor({ transferTo, onCallEnded }: ReceptionistOptions) {
    super({
      instructions: 'You answer the phone. When the caller asks for a person, call transfer_to_human.',
      tools: {
        transfer_to_human: llm.tool({
          description: 'Puts the caller on hold, fetches a person, and connects the two.',
          execute: async () => {
            logEvent('asked');
            try {
              const { humanAgentIdentity, call } = await new WarmTransferTask({
                sipCallTo: transferTo,
                greetingSpeech: 'Hello, I have a caller who asks for a person. Will you take the call? Press 1 for yes, 2 for no.',
                ...briefingSpeech(),
                onPhase: ({ phase, at, caller, humanAgent }) => logEvent(phase, { caller, humanAgent }, at),
              }).run();
              logEvent('outcome', { status: 'connected', humanAgentIdentity });
              void call.ended.then(onCallEnded);
              return 'The caller is talking to a person now.';
            } catch (error) {
              if (error instanceof WarmTransferToolError) {
                const { timings: _timings, notes, cause: _cause, ...outcome } = { cause: undefined, ...error.outcome };
                logEvent('outcome', { ...outcome, notes: notes.map(String) });
              }
              else logEvent('error', { error: String(error) });
              throw error;
            }
          },
        }),
      },
    });
  }

  override async onEnter(): Promise<void> {
    this.session.say('Hello. How can I help you?');
  }
}
