import { HOLD_MUSIC_FREQUENCIES } from '@org/hold-audio/testing';
import { vi } from 'vitest';
import { RecordingEar } from '../../../../packages/phone-lab/src/ears/recording-ear.js';
import { EAR_SAMPLE_RATE } from '../../../../packages/phone-lab/src/ears/ear.js';
import type { Story } from '../../demo/story.js';
import { voices } from '../../src/voices.js';

/** A tone in a recording; times in milliseconds after the call came in. */
export interface RecordedSound {
  readonly frequency: number;
  readonly from: number;
  readonly to: number;
  /** Default -20, as voices are. */
  readonly levelDbfs?: number;
  /** The track that carries it. Default `voice`. */
  readonly trackName?: string;
}

export interface RecordedSounds {
  readonly atCaller: readonly RecordedSound[];
  readonly atHuman: readonly RecordedSound[];
}

/** When the human agent answers and accepts; milliseconds after the call came in. */
export const [ANSWERED, ACCEPTED] = [4_000, 8_000];
const ENDED = 12_000;

/** One call as it should be: greeted, on hold, briefed, connected. */
export const plainCall: RecordedSounds = {
  atCaller: [
    { frequency: voices.receptionist, from: 100, to: 900 },
    { frequency: HOLD_MUSIC_FREQUENCIES[0] ?? Number.NaN, from: 1_200, to: ACCEPTED + 100 },
    { frequency: voices.human, from: ACCEPTED + 200, to: ENDED },
  ],
  atHuman: [
    { frequency: voices.briefing, from: ANSWERED + 200, to: ANSWERED + 2_000 },
    { frequency: voices.caller, from: ACCEPTED + 200, to: ENDED },
  ],
};

/** Builds the story of a call from what was recorded at both phones. */
export function recordedStory({ atCaller, atHuman }: RecordedSounds): Story {
  const start = Math.round(performance.timeOrigin);
  return {
    callerEar: earOf(atCaller, start),
    humanEar: earOf(atHuman, start),
    events: [
      { event: 'opening', at: start + 1_000 },
      { event: 'merging', at: start + ACCEPTED },
      { event: 'connected', at: start + ACCEPTED + 100 },
    ],
    callInAt: start,
    ringingAt: start + 1_500,
    answeredAt: start + ANSWERED,
    endedAt: start + ENDED,
  };
}

function earOf(sounds: readonly RecordedSound[], start: number): RecordingEar {
  const ear = new RecordingEar();
  // A recording ends when its last frame arrives.
  const clock = vi.spyOn(performance, 'now').mockReturnValue(start - performance.timeOrigin + ENDED);
  for (const trackName of new Set(sounds.map(trackOf))) {
    const pcm = new Int16Array((ENDED * EAR_SAMPLE_RATE) / 1_000);
    for (const sound of sounds.filter((one) => trackOf(one) === trackName)) add(pcm, sound);
    ear.record({ publisher: 'somebody', trackName, trackSid: `TR_${trackName}` })(pcm);
  }
  clock.mockRestore();
  return ear;
}

const trackOf = ({ trackName = 'voice' }: RecordedSound): string => trackName;

function add(pcm: Int16Array, { frequency, from, to, levelDbfs = -20 }: RecordedSound): void {
  const samplesPerMs = EAR_SAMPLE_RATE / 1_000;
  const [first, end] = [from * samplesPerMs, to * samplesPerMs];
  const ramp = 5 * samplesPerMs;
  for (let at = first; at < end; at += 1) {
    const envelope = Math.min(1, (at - first) / ramp, (end - at) / ramp);
    const sine = Math.sin((2 * Math.PI * frequency * at) / EAR_SAMPLE_RATE);
    pcm[at] = (pcm[at] ?? 0) + Math.round(32_767 * 10 ** (levelDbfs / 20) * envelope * sine);
  }
}
