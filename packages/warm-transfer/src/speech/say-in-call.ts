import type { voice } from '@livekit/agents';
import type { ConnectedCall } from '../outcome/connected-call.js';
import { CallSpeech } from './call-speech.js';
import { isOver } from './play-introduction.js';

/**
 * Plays `session.say()` to both sides of a call, and nothing else of the session: a reply of the model would be meant
 * for a caller who no longer talks to it. Returns a function that ends it. `warn` receives the error of a sentence that
 * could not be played during the call.
 */
export function sayInCall(
  session: voice.AgentSession,
  call: Pick<ConnectedCall, 'play'>,
  warn: (cause: unknown) => void,
): () => void {
  const own = Object.getOwnPropertyDescriptor(session, 'say');
  const say = session.say.bind(session);
  const onFailed = (cause: unknown): void => {
    if (!isOver(cause)) warn(new Error('a sentence of the session could not be played to both', { cause }));
  };
  session.say = (...sentence) => withOutput(session.output, new CallSpeech(call, onFailed), () => say(...sentence));
  return () => {
    Reflect.deleteProperty(session, 'say');
    if (own !== undefined) Object.defineProperty(session, 'say', own);
  };
}

/** Sets the output while a speech is created, which keeps it; later ones use the output of the session. */
function withOutput<T>(output: voice.AgentSession['output'], audio: voice.AudioOutput, work: () => T): T {
  Object.defineProperties(output, {
    audio: { value: audio, configurable: true },
    audioEnabled: { value: true, configurable: true },
  });
  try {
    return work();
  } finally {
    Reflect.deleteProperty(output, 'audio');
    Reflect.deleteProperty(output, 'audioEnabled');
  }
}
