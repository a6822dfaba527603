import { noteFrequency } from './note-frequency.js';
import { BEATS_PER_MINUTE, type Note } from './score.js';
import type { Instrument } from './instruments.js';

/** Highest partial in Hz: the clip leaves the band above 1.35 kHz to the tones of measuring tests. */
const HIGHEST_HZ = 1250;

/** Smooth rise from 0 to 1, flat at both ends, so that no attack or release spreads a note's spectrum. */
const rise = (share: number): number => (share >= 1 ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * share));

function createEnvelope(sampleRate: number, note: Note, instrument: Instrument): Float32Array {
  const held = (note.beats * 60 * sampleRate) / BEATS_PER_MINUTE;
  const attack = (instrument.attackMs * sampleRate) / 1000;
  const release = (instrument.releaseMs * sampleRate) / 1000;
  const fallPerSample = Math.exp(-1000 / (instrument.decayMs * sampleRate));
  const envelope = new Float32Array(Math.ceil(held + release));
  let level = instrument.gain * note.velocity;
  for (let i = 0; i < envelope.length; i += 1) {
    envelope[i] = level * rise(i / attack) * (i > held ? rise(1 - (i - held) / release) : 1);
    level *= fallPerSample;
  }
  return envelope;
}

/** Adds one note to a circular mix: its release beyond the end is heard at the beginning. */
export function addNote(mix: Float32Array, sampleRate: number, note: Note, instrument: Instrument): void {
  const start = Math.round((note.beat * 60 * sampleRate) / BEATS_PER_MINUTE);
  const envelope = createEnvelope(sampleRate, note, instrument);
  const oscillators = instrument.detune === 0 ? [1] : [1 - instrument.detune, 1 + instrument.detune];
  for (const detune of oscillators) {
    for (const [index, amplitude] of instrument.partials.entries()) {
      const frequency = noteFrequency(note.midi) * detune * (index + 1);
      if (frequency > HIGHEST_HZ) break;
      addPartial(mix, start, envelope, (2 * Math.PI * frequency) / sampleRate, amplitude / oscillators.length);
    }
  }
}

/** A sine by recurrence, sin(n+1) = 2 cos(w) sin(n) - sin(n-1), which costs a fifth of calling `Math.sin`. */
function addPartial(mix: Float32Array, start: number, envelope: Float32Array, step: number, amplitude: number): void {
  const twiceCos = 2 * Math.cos(step);
  let before = -Math.sin(step) * amplitude;
  let now = 0;
  let at = start % mix.length;
  for (let i = 0; i < envelope.length; i += 1) {
    mix[at] = (mix[at] as number) + now * (envelope[i] as number);
    const next = twiceCos * now - before;
    before = now;
    now = next;
    at += 1;
    if (at === mix.length) at = 0;
  }
}
