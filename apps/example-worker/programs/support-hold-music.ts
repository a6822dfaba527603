import { llm, voice } from '@livekit/agents';
import { WarmTransferTask } from '@org/warm-transfer';

export interface SupportLine {
  /** Phone number of the person to fetch. */
  readonly supervisor: string;
  /** The sound that the caller hears while waiting: path or URL of a WAV file or, with `@ffmpeg/core` installed, of an MP3. */
  readonly holdMusic: string;
}

/** Helps with a product, and fetches a person when that is not enough, with the company's own music meanwhile. */
export class SupportDesk extends voice.Agent {
  constructor({ supervisor, holdMusic }: SupportLine) {
    super({
      instructions: 'You help with our router. When you are stuck, or are asked to, call transfer_to_supervisor.',
      tools: [
        llm.tool({
          name: 'transfer_to_supervisor',
          description: 'Puts the caller on hold and fetches a person who knows more.',
          execute: async () => {
            await new WarmTransferTask({ sipCallTo: supervisor, holdAudio: holdMusic }).run();
            return 'Connected.';
          },
        }),
      ],
    });
  }

  override async onEnter(): Promise<void> {
    this.session.say('Router support. How can I help?');
  }
}
