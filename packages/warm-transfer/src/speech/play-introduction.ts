import { ConsultRoomError } from '@org/consult-room';
import type { Synthesize } from '@org/hold-audio';
import type { MergedCall } from '../outcome/merged-call.js';
import type { ClockPort } from '../runtime/ports.js';
import type { Introduced, Introduction } from '../options/introduction.js';

interface IntroduceOptions {
  readonly introduction: Introduction;
  readonly synthesize: Synthesize | undefined;
  readonly clock: ClockPort;
  /** For all of it, in milliseconds. */
  readonly limitMs: number;
}

/**
 * Speaks the introduction to both sides of a call. Ends with the call, and at its limit.
 *
 * @throws Error when it could not be spoken to its end while the two still talk.
 */
export async function introduce(
  call: Pick<MergedCall, 'play' | 'ended'>,
  who: Introduced,
  { introduction, synthesize, clock, limitMs }: IntroduceOptions,
): Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  const cancel = clock.after(limitMs, () => stop.abort(new Error(`it took longer than ${limitMs} ms`)));
  void call.ended.then(() => stop.abort(over), ignore);
  const speak = async (): Promise<void> => {
    const words = typeof introduction === 'function' ? await introduction(who) : introduction;
    if (words === null || words === undefined || words === '' || signal.aborted) return;
    const frames = typeof words === 'string' ? await speakText(words, synthesize, signal) : words;
    if (!signal.aborted) await call.play(frames, { signal });
  };
  try {
    await Promise.race([speak(), stopped(signal)]);
  } catch (cause) {
    // The two may have parted before all of it is released, which is when `ended` resolves.
    if (signal.reason === over || (!signal.aborted && isOver(cause))) return;
    throw new Error('the introduction could not be spoken', { cause });
  } finally {
    cancel();
    // What is still being made is no longer wanted.
    stop.abort(over);
  }
}

const over = new Error('the call is over');

/** Whether something could not be played since the call is over. */
export function isOver(cause: unknown): boolean {
  return ConsultRoomError.isInstance(cause) && (cause.code === 'aborted' || cause.code === 'closed');
}

const ignore = (): void => undefined;

function speakText(text: string, synthesize: Synthesize | undefined, signal: AbortSignal): ReturnType<Synthesize> {
  if (synthesize === undefined) throw new Error('a text needs `announcementVoice`');
  return synthesize(text, { signal });
}

function stopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
