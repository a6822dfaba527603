import { ConsultRoomError } from '@org/consult-room';
import type { Synthesize } from '@org/hold-audio';
import type { ConnectedCall } from '../outcome/connected-call.js';
import type { ClockPort } from '../runtime/ports.js';
import type { IntroductionContext, Introduction } from '../options/introduction.js';

interface PlayIntroductionOptions {
  readonly introduction: Introduction;
  readonly synthesize: Synthesize | undefined;
  readonly clock: ClockPort;
  /** Time limit of the whole introduction, in milliseconds. */
  readonly limitMs: number;
}

/**
 * Plays the introduction to both sides of a call. Ends with the call, and at its time limit.
 *
 * @throws Error if it could not be played to its end during the call.
 */
export async function playIntroduction(
  call: Pick<ConnectedCall, 'play' | 'ended'>,
  context: IntroductionContext,
  { introduction, synthesize, clock, limitMs }: PlayIntroductionOptions,
): Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  const cancel = clock.after(limitMs, () => stop.abort(new Error(`it took longer than ${limitMs} ms`)));
  void call.ended.then(() => stop.abort(over), ignore);
  const speak = async (): Promise<void> => {
    const words = typeof introduction === 'function' ? await introduction(context) : introduction;
    if (words === null || words === undefined || words === '' || signal.aborted) return;
    const frames = typeof words === 'string' ? await speakText(words, synthesize, signal) : words;
    if (!signal.aborted) await call.play(frames, { signal });
  };
  try {
    await Promise.race([speak(), stopped(signal)]);
  } catch (cause) {
    // The call may have ended before `ended` resolves, which waits for the release.
    if (signal.reason === over || (!signal.aborted && isOver(cause))) return;
    throw new Error('the introduction could not be played', { cause });
  } finally {
    cancel();
    // Stops a running synthesis.
    stop.abort(over);
  }
}

const over = new Error('the call has ended');

/** Whether a playback failed because the call has ended. */
export function isOver(cause: unknown): boolean {
  return ConsultRoomError.isInstance(cause) && (cause.code === 'aborted' || cause.code === 'closed');
}

const ignore = (): void => undefined;

function speakText(text: string, synthesize: Synthesize | undefined, signal: AbortSignal): ReturnType<Synthesize> {
  if (synthesize === undefined) throw new Error('a text needs `announcementTts`');
  return synthesize(text, { signal });
}

function stopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
