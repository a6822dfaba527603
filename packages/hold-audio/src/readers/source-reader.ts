import { within } from '@org/support';
import { aborted } from '../async/abort-signal.js';
import { HoldAudioError } from '../hold-audio-error.js';
import type { ClipSource, PlayableSource, SingleSource } from '../source/parse-source.js';
import type { SequencedSource } from '../source/parse-sequence.js';
import type { Clip } from '../pcm/clip.js';
import type { ClipLimits } from '../options/clip-limits.js';
import { retainClip, loadClip, loadHoldMusic, loadWholeHoldMusic } from '../clip/load-clip.js';
import { GainReader } from './gain-reader.js';
import { LoopReader } from './loop-reader.js';
import type { PcmReader } from './pcm-reader.js';
import { type SequencePart, SequenceReader } from './sequence-reader.js';
import { StreamReader } from './stream-reader.js';

export interface SourceReaderOptions {
  readonly source: PlayableSource;
  /** Volume of the source; the built-in clip in its place has its own. */
  readonly sourceVolume: number;
  readonly limits: ClipLimits;
  readonly stallTimeoutMs: number;
  /** Position to begin at, from 0 (the beginning) to below 1. It has no meaning for a stream. */
  readonly startOffset: number;
  /** Called before the first audio of the source, or of the built-in clip in its place. */
  onSwitched(): void;
  onLooped(): void;
  /** Called when the source fails; the built-in clip follows. */
  onFailed(error: HoldAudioError): void;
}

/** Reads from the source as soon as it is loaded, and from the built-in clip once the source has failed. */
export class SourceReader implements PcmReader {
  /** Resolves when there is audio to play. */
  readonly ready: Promise<void>;
  readonly #options: SourceReaderOptions;
  #reader: PcmReader | undefined;
  readonly #closing = new AbortController();
  /** Release the clips, which other callers may use as well. */
  readonly #releases: (() => void)[] = [];

  constructor(options: SourceReaderOptions) {
    this.#options = options;
    this.ready = this.#start();
  }

  read(into: Float32Array): void {
    if (this.#reader === undefined) into.fill(0);
    else this.#reader.read(into);
  }

  close(): void {
    this.#closing.abort();
    this.#reader?.close();
    for (const release of this.#releases.splice(0)) release();
  }

  async #start(): Promise<void> {
    const { source, sourceVolume } = this.#options;
    try {
      const reader = await (source.kind === 'sequence'
        ? this.#openSequence(source.items)
        : this.#unlessStalled(this.#open(source)));
      if (reader !== undefined) this.#use(sourceVolume === 1 ? reader : new GainReader(reader, sourceVolume));
    } catch (error) {
      await this.#fallBack(asSourceError(error));
    }
  }

  /** Resolves to `undefined` if the reader is closed before. */
  #unlessStalled<T>(opening: Promise<T>): Promise<T | undefined> {
    const { stallTimeoutMs } = this.#options;
    const closed = aborted(this.#closing.signal).then(() => undefined);
    return within(stallTimeoutMs, Promise.race([opening, closed]), () => {
      throw new HoldAudioError(
        'source-stalled',
        `the source delivered no audio for ${stallTimeoutMs} ms ("stallTimeoutMs")`,
      );
    });
  }

  async #openSequence(items: readonly SequencedSource[]): Promise<PcmReader> {
    const parts = await Promise.all(items.map((item) => this.#openPart(item)));
    return new SequenceReader(parts, () => this.#options.onLooped(), this.#options.startOffset);
  }

  /** Opens one part; a clip that fails does not affect the others. */
  async #openPart({ source, volume, intervalMs }: SequencedSource): Promise<SequencePart> {
    try {
      const clip = await this.#unlessStalled(this.#load(source));
      if (clip !== undefined) return { clip, volume, intervalMs };
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#options.onFailed(asSourceError(error));
    }
    return { clip: await loadHoldMusic(), volume: 1, intervalMs };
  }

  async #load(source: ClipSource): Promise<Clip> {
    const clip = await this.#find(source);
    if (!this.#closing.signal.aborted) this.#releases.push(retainClip(clip));
    return clip;
  }

  #find(source: ClipSource): Promise<Clip> {
    // It is computed from the front, and only there can it be played before it is complete.
    if (source.kind === 'builtin' && this.#options.startOffset > 0) return loadWholeHoldMusic();
    return loadClip(source, this.#options.limits, this.#closing.signal);
  }

  async #open(source: SingleSource): Promise<PcmReader> {
    if (source.kind !== 'stream') return this.#loop(await this.#load(source), this.#options.startOffset);
    const { make } = source;
    const stream = new StreamReader({
      make,
      stallTimeoutMs: this.#options.stallTimeoutMs,
      onLooped: () => this.#options.onLooped(),
      onFailed: (error) => void this.#fallBack(error),
    });
    // Kept before it is ready, so that a close or a failure reaches it.
    this.#reader = stream;
    await stream.ready;
    return stream;
  }

  #loop(clip: Clip, startOffset: number): LoopReader {
    return new LoopReader(clip, () => this.#options.onLooped(), startOffset);
  }

  async #fallBack(error: HoldAudioError): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#reader?.close();
    this.#reader = undefined;
    this.#options.onFailed(error);
    this.#use(this.#loop(await loadHoldMusic(), 0));
  }

  #use(reader: PcmReader): void {
    if (this.#closing.signal.aborted) return;
    this.#reader = reader;
    this.#options.onSwitched();
  }
}

function asSourceError(error: unknown): HoldAudioError {
  if (HoldAudioError.isInstance(error)) return error;
  return new HoldAudioError('source-unreadable', 'the source cannot be read', { cause: error });
}
