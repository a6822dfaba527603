import { joinPcm, samplesIn, silencePcm, softenEnds, toneBurst } from '../tones/tone-generator.js';
import { LINE_VOICE_RATE } from '../line/phone-line.js';

/** Creates the ringback tone of a caller: 440 and 480 Hz for 0.4 s, then 0.2 s of silence, again and again. */
export function ringback(forMs: number): Int16Array {
  const period = joinPcm(toneBurst([440, 480], 400, LINE_VOICE_RATE), silencePcm(200, LINE_VOICE_RATE));
  const samples = samplesIn(forMs, LINE_VOICE_RATE);
  const periods = Array.from({ length: Math.ceil(samples / period.length) }, () => period);
  return softenEnds(joinPcm(...periods).slice(0, samples), samplesIn(10, LINE_VOICE_RATE));
}
