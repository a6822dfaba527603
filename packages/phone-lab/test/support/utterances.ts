import { PcmResampler } from '../../src/media/pcm-resampler.js';
import { seededRandom } from '../../src/seeded-random.js';
import { roundToG711 } from '../../src/media/g711.js';
import { joinPcm, levelDbfs, samplesIn, silencePcm, speechLike, VOICE_MARKS } from '../../src/tones.js';

const rate = 48_000;

const sentences = [
  'Hello, this is Anna speaking. I have a question about my bill.',
  'Yes. Put them through please.',
  'No.',
  'Seventeen people went to the market. They bought apples.',
  'I would like to speak to a person.',
  'What a shame! Is nobody there?',
  'Mister Fitzgerald lives in Hampshire.',
  'One two three four five six seven.',
];

export interface Utterance {
  readonly words: string;
  readonly mark: number;
  readonly pcm: Int16Array;
}

/** An utterance of its own for each number: other words, another mark, another voice. 48 kHz, with silence at both ends. */
export function utterance(which: number): Utterance {
  const words = sentences[which % sentences.length] ?? '';
  const mark = VOICE_MARKS[which % VOICE_MARKS.length] ?? 0;
  const spoken = speechLike(words, rate, { seed: which, mark });
  return { words, mark, pcm: joinPcm(silencePcm(500, rate), spoken, silencePcm(800, rate)) };
}

/** What an ear or a VAD gets of it: 16 kHz. */
export function toEar(pcm: Int16Array, from: number = rate): Int16Array {
  return new PcmResampler(from, 16_000).push(pcm);
}

/**
 * The same through µ-law at 8 kHz, of whose packets of 20 ms two in a hundred are lost. A lost one is concealed as a plain
 * decoder does it: by the one before, at half the amplitude.
 */
export function throughLossyG711(pcm: Int16Array, seed: number): Int16Array {
  const random = seededRandom(seed);
  const narrow = roundToG711(new PcmResampler(rate, 8000).push(pcm), 'pcmu');
  const packet = samplesIn(20, 8000);
  for (let at = packet; at < narrow.length; at += packet) {
    if (random() >= 0.02) continue;
    narrow.set(
      narrow
        .slice(at - packet, at)
        .subarray(0, narrow.length - at)
        .map((sample) => sample / 2),
      at,
    );
  }
  return toEar(narrow, 8000);
}

/** Where the phrases are, by their level: frames of 10 ms of -45 dBFS or more, with less than 500 ms between them. */
export function phrasesOf(pcm: Int16Array): { startMs: number; endMs: number }[] {
  const size = samplesIn(10, rate);
  const phrases: { startMs: number; endMs: number }[] = [];
  for (let i = 0; (i + 1) * size <= pcm.length; i += 1) {
    if (levelDbfs(pcm.subarray(i * size, (i + 1) * size)) < -45) continue;
    const last = phrases.at(-1);
    if (last && i * 10 - last.endMs < 500) last.endMs = i * 10 + 10;
    else phrases.push({ startMs: i * 10, endMs: i * 10 + 10 });
  }
  return phrases;
}
