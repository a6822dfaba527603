/** Where the player takes its audio from: mono at 48 kHz, in units of 16-bit samples. */
export interface PcmReader {
  /** Fills the whole buffer at once; with silence where it has nothing yet. */
  read(into: Float32Array): void;
  /** Releases what it holds; never throws. */
  close(): void;
}
