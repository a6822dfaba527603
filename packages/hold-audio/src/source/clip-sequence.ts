/** A clip of a {@link clipSequence}, with its volume and interval. */
export interface ClipSequenceItem {
  /** `BuiltinAudioClip.HOLD_MUSIC`, the path or URL of an audio file, or the bytes of one; no stream. */
  source: string | URL | Uint8Array;
  /** From 0 to 10, multiplied with the volume of the whole; default 1. */
  volume?: number | undefined;
  /** Silence after the clip and before the next one, in milliseconds from 0 to 600,000; default 0. */
  intervalMs?: number | undefined;
}

/** A source created by {@link clipSequence}. */
export interface ClipSequence {
  readonly kind: 'sequence';
  readonly items: readonly (ClipSequenceItem | ClipSequenceItem['source'])[];
}

/**
 * Creates a source that plays clips in turn, each from its beginning to its end, and then the first one again. A clip
 * that cannot be played in its turn is replaced by the built-in one; the others still play. {@link HoldAudio} validates
 * the items.
 */
export function clipSequence(items: ClipSequence['items']): ClipSequence {
  return { kind: 'sequence', items };
}
