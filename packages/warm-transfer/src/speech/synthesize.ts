import { tokenize, tts } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import { ModelScope } from '@org/briefing-agent';
import type { Synthesize } from '@org/hold-audio';

/** Creates a function that synthesizes texts outside of a session and returns their frames. */
export function createSynthesize(voice: tts.TTS): Synthesize {
  // The TTS may be the session's, which must not get errors of this stream.
  const scope = new ModelScope([voice]);
  const speaker = scope.run(() => streaming(voice));
  return (text, { signal }) => spoken(scope, voice, speaker, text, signal);
}

function streaming(voice: tts.TTS): tts.TTS {
  if (voice.capabilities.streaming) return voice;
  const adapter = new tts.StreamAdapter(voice, new tokenize.basic.SentenceTokenizer());
  // It repeats the errors of the TTS, and one without a listener would be thrown.
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
  let failure: unknown;
  // A TTS reports a failure by this event only, which would be thrown without a listener.
  const failed = ({ error }: { readonly error: Error }): void => {
    failure = error;
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
    if (failure !== undefined || !said) throw new Error('the TTS failed', { cause: failure });
  } finally {
    signal.removeEventListener('abort', close);
    stream.close();
    voice.off('error', failed);
  }
}
