/** A clip of a sequence with what belongs to it; see {@link clipSequence}. */
export interface ClipSequenceItem {
  /** `BuiltinAudioClip.HOLD_MUSIC`, the path or URL of an audio file, or the bytes of one; no stream. */
  source: string | URL | Uint8Array;
  /** From 0 to 10, multiplied with the volume of the whole; default 1. */
  volume?: number | undefined;
  /** Silence after the clip and before the next one, in milliseconds from 0 to 600,000; default 0. */
  intervalMs?: number | undefined;
}

/** A source made by {@link clipSequence}. */
export interface ClipSequence {
  readonly kind: 'sequence';
  readonly items: readonly (ClipSequenceItem | ClipSequenceItem['source'])[];
}

/**
 * A source that plays clips in turn, each from its beginning to its end, and then the first one again. A clip that
 * cannot be played when it has to be is replaced by the built-in one; the others are still heard.
 *
 * Checked by whom it is given to.
 */
export function clipSequence(items: ClipSequence['items']): ClipSequence {
  return { kind: 'sequence', items };
}
