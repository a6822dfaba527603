/** A source of audio for the player: mono at 48 kHz, in units of 16-bit samples. */
export interface PcmReader {
  /** Fills the whole buffer synchronously, with silence where there is no audio yet. */
  read(into: Float32Array): void;
  /** Releases its resources; never throws. */
  close(): void;
}
