import { tokenize, tts } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import type { Synthesize } from '@org/hold-audio';

/** Speaks texts outside of a session: frames of the voice, in the order in which they are made. */
export function speakWith(voice: tts.TTS): Synthesize {
  const speaker = voice.capabilities.streaming
    ? voice
    : new tts.StreamAdapter(voice, new tokenize.basic.SentenceTokenizer());
  return (text, { signal }) => spoken(voice, speaker, text, signal);
}

async function* spoken(
  voice: tts.TTS,
  speaker: tts.TTS,
  text: string,
  signal: AbortSignal,
): AsyncGenerator<AudioFrame, void, undefined> {
  let trouble: unknown;
  // A voice tells of its failure by this event only, and one that nobody listens to would be thrown.
  const failed = ({ error }: { readonly error: Error }): void => {
    trouble = error;
  };
  voice.on('error', failed);
  const stream = speaker.stream();
  const close = (): void => stream.close();
  signal.addEventListener('abort', close, { once: true });
  try {
    stream.pushText(text);
    stream.flush();
    stream.endInput();
    let said = false;
    for await (const audio of stream) {
      if (typeof audio === 'symbol') continue;
      said = true;
      yield audio.frame;
    }
    if (signal.aborted) return;
    if (trouble !== undefined || !said) throw new Error('the voice failed to speak', { cause: trouble });
  } finally {
    signal.removeEventListener('abort', close);
    stream.close();
    voice.off('error', failed);
  }
}
