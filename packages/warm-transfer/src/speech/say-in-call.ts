import type { voice } from '@livekit/agents';
import type { MergedCall } from '../outcome/merged-call.js';
import { CallSpeech } from './call-speech.js';
import { isOver } from './play-introduction.js';

/**
 * Lets both sides of a call hear what the program lets its session say, and nothing else of it: a reply of the model would be
 * meant for a caller who no longer talks to it. Returns the function that ends it. `note` receives the error of a sentence that
 * could not be played while the call goes on.
 */
export function sayInCall(
  session: voice.AgentSession,
  call: Pick<MergedCall, 'play'>,
  note: (cause: unknown) => void,
): () => void {
  const own = Object.getOwnPropertyDescriptor(session, 'say');
  const say = session.say.bind(session);
  const onFailed = (cause: unknown): void => {
    if (!isOver(cause)) note(new Error('what the session said could not be played to both', { cause }));
  };
  session.say = (...sentence) => withOutput(session.output, new CallSpeech(call, onFailed), () => say(...sentence));
  return () => {
    Reflect.deleteProperty(session, 'say');
    if (own !== undefined) Object.defineProperty(session, 'say', own);
  };
}

/** The framework looks up its output when a speech is made, and the speech keeps it: later ones have that of the session. */
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
