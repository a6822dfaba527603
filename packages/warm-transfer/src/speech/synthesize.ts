import { tokenize, tts } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import { ModelScope } from '@org/briefing-agent';
import type { Synthesize } from '@org/hold-audio';

/** Speaks texts outside of a session: frames of the voice, in the order in which they are made. */
export function speakWith(voice: tts.TTS): Synthesize {
  // The voice may be the session's own, which must not hear of what fails here.
  const scope = new ModelScope([voice]);
  const speaker = scope.run(() => streaming(voice));
  return (text, { signal }) => spoken(scope, voice, speaker, text, signal);
}

function streaming(voice: tts.TTS): tts.TTS {
  if (voice.capabilities.streaming) return voice;
  const adapter = new tts.StreamAdapter(voice, new tokenize.basic.SentenceTokenizer());
  // It repeats the errors of the voice, and one without a listener would be thrown.
  adapter.on('error', () => undefined);
  return adapter;
}

async function* spoken(
  scope: ModelScope,
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
  scope.run(() => voice.on('error', failed));
  const stream = scope.run(() => speaker.stream());
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
