import { anySignal } from '@org/support';
import { BuiltinAudioClip, type HoldAudio, type HoldSource } from '@org/hold-audio';

/** Time limit of decoding the clip ahead; a slower one is decoded during the hold, while the built-in one plays. */
const DECODE_AHEAD_MS = 2000;

/**
 * Decodes hold audio that is bytes or a file, and rejects if it cannot be played. Other sources may take longer: their
 * failure is detected during the hold.
 */
export async function loadLocalClip(
  hold: HoldAudio,
  source: HoldSource | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (!isLocalClip(source)) return;
  const enough = anySignal(signal, AbortSignal.timeout(DECODE_AHEAD_MS));
  try {
    await hold.load({ signal: enough });
  } catch (error) {
    if (!enough.aborted) throw error;
  }
}

function isLocalClip(source: HoldSource | undefined): boolean {
  if (source instanceof Uint8Array) return true;
  const isUrl = typeof source === 'string' && /^[a-z][a-z0-9+.-]+:/i.test(source);
  return typeof source === 'string' && !isUrl && source !== BuiltinAudioClip.HOLD_MUSIC;
}
