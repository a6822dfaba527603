import { createTimeSlicer } from '../pcm/time-slicer.js';
import { Resampler } from '../pcm/resampler.js';
import { type Clip, SAMPLE_RATE } from '../pcm/clip.js';
import { addNote } from './add-note.js';
import { type PlayedNote, notesInBar, notesRingingOver } from './orchestra.js';
import { BARS, BEATS_PER_BAR, BEATS_PER_MINUTE } from './score.js';

/** Rate of the mix, which has nothing above 1.25 kHz: an eighth of the work, before it is resampled to 48 kHz. */
const MIX_RATE = 6000;
/** Enough for the mix's narrow band: its nearest image lies at 4.75 kHz. */
const ZERO_CROSSINGS = 4;
/** Mix samples per slice of resampling. */
const BLOCK = 1200;
const BAR = (BEATS_PER_BAR * 60 * MIX_RATE) / BEATS_PER_MINUTE;
/** Brings the mix to -18 dBFS (RMS), its peaks to -3.5 dBFS. */
const GAIN = 0.75;

/** The built-in clip while it is computed. */
export interface HoldMusic {
  readonly clip: Clip;
  /** Resolves when the first bar is computed: from then on the clip can be played. */
  readonly playable: Promise<void>;
  readonly complete: Promise<void>;
}

/** Computes the built-in clip bar by bar, in slices of a few milliseconds that leave the event loop free. */
export function synthesizeHoldMusic(): HoldMusic {
  const mix = new Float32Array(BARS * BAR);
  const clip: Clip = { samples: new Int16Array((mix.length * SAMPLE_RATE) / MIX_RATE), seamless: true };
  const resampler = new Resampler(MIX_RATE, SAMPLE_RATE, ZERO_CROSSINGS);
  const yieldIfDue = createTimeSlicer();
  const ringing = new Set(notesRingingOver);
  let at = 0;

  const add = async (notes: Iterable<PlayedNote>): Promise<void> => {
    for (const { note, instrument } of notes) {
      addNote(mix, MIX_RATE, note, instrument);
      await yieldIfDue();
    }
  };
  const resample = async (from: number, to: number): Promise<void> => {
    for (let block = from; block < to; block += BLOCK) {
      const output = resampler.push(mix.subarray(block, Math.min(to, block + BLOCK)));
      for (let i = 0; i < output.length; i += 1) {
        clip.samples[at] = Math.round((output[i] as number) * GAIN * 32_767);
        at = (at + 1) % clip.samples.length;
      }
      await yieldIfDue();
    }
  };
  const addBar = async (bar: number): Promise<void> => {
    await add(notesInBar(bar).filter((note) => !ringing.has(note)));
    await resample(bar * BAR, (bar + 1) * BAR);
  };
  const addRest = async (): Promise<void> => {
    for (let bar = 1; bar < BARS; bar += 1) await addBar(bar);
    // Once more past the end: now the filter has the samples before the first one.
    await resample(0, BLOCK);
  };

  const playable = add(ringing).then(() => addBar(0));
  return { clip, playable, complete: playable.then(addRest) };
}
