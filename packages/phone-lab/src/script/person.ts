import { setImmediate as turn } from 'node:timers/promises';
import { markParty, notchFor, type PartySound } from '../sounds/party-sound.js';
import { speakPlan } from '../sounds/speak-plan.js';
import { speechPlan } from '../sounds/speech-plan.js';
import { coughSound, mmHmSound } from '../sounds/voice-noises.js';
import { PhoneLabError } from '../phone-lab-error.js';
import { joinPcm, samplesIn } from '../tones/tone-generator.js';
import { checkSpeechLevel } from '../phone/check-phone-options.js';
import { espeakPath, speakByEspeak } from '../phone/espeak-ng.js';
import type { PeopleSteps, SpeakOptions, Speech } from '../phone/people-steps.js';
import { LINE_VOICE_RATE } from '../line/phone-line.js';
import { voiceSamples, type PlayableAudio } from '../phone/playable-audio.js';
import type { SimulatedCall } from '../call/simulated-call.js';
import { waitToHear } from './wait-steps.js';

/** How long the other side must sound before it is talked over. */
const heardForMs = 300;

/** Samples that are filtered before others have their turn: some milliseconds of work. */
const slice = samplesIn(200, LINE_VOICE_RATE);

/** The person on a phone. */
export class Person implements PeopleSteps {
  readonly #call: SimulatedCall;
  readonly #refuseBeforeActive: (step: string) => void;
  readonly #seed: number;

  constructor(call: SimulatedCall, refuseBeforeActive: (step: string) => void) {
    const { number, voice, speech } = call.setup;
    this.#call = call;
    this.#refuseBeforeActive = refuseBeforeActive;
    this.#seed = speech?.seed ?? seedOf(`${number} ${voice}`);
  }

  readonly speak: PeopleSteps['speak'] = async (what, options = {}) => {
    await this.#sound('speak', () => this.#speech(what), options);
  };

  readonly mmHm: PeopleSteps['mmHm'] = async (options = {}) => {
    await this.#sound('mmHm', () => mmHmSound(LINE_VOICE_RATE, this.#seed), options);
  };

  readonly cough: PeopleSteps['cough'] = async (options = {}) => {
    await this.#sound('cough', () => coughSound(LINE_VOICE_RATE, this.#seed), options);
  };

  readonly talkOver: PeopleSteps['talkOver'] = async (words, options = {}) => {
    const { what = 'sound', timeoutMs, ...how } = options;
    this.#refuseBeforeActive('talkOver');
    checkSpeakOptions(how);
    await waitToHear(this.#call, what, { forMs: heardForMs, ...(timeoutMs !== undefined && { timeoutMs }) });
    await this.speak(words, how);
  };

  async #sound(step: string, make: () => Float64Array | Promise<Float64Array>, options: SpeakOptions): Promise<void> {
    this.#refuseBeforeActive(step);
    checkSpeakOptions(options);
    const { voice, speech } = this.#call.setup;
    const sound: PartySound = { mark: voice, levelDbfs: options.levelDbfs ?? speech?.levelDbfs };
    // The pause is also the time in which the sound is made.
    const made = (async () => inParts(await make(), sound))();
    const [pcm] = await this.#call.untilEndedOr(Promise.all([made, this.#call.pause(options.afterMs ?? 0)]));
    await this.#call.untilEndedOr(this.#call.voice.play(voiceSamples(pcm, LINE_VOICE_RATE)));
  }

  async #speech(what: Speech): Promise<Float64Array> {
    if (typeof what !== 'string') return samplesOf(what.file);
    const { words = 'syllables' } = this.#call.setup.speech ?? {};
    const espeak = words === 'syllables' ? undefined : espeakPath();
    if (espeak !== undefined) return samplesOf(await speakByEspeak(espeak, what, this.#call.signal));
    return speakPlan(speechPlan(what, this.#seed), LINE_VOICE_RATE, this.#seed);
  }
}

async function samplesOf(audio: PlayableAudio & (string | URL | Uint8Array)): Promise<Float64Array> {
  const pieces: Int16Array[] = [];
  for await (const piece of voiceSamples(audio)) pieces.push(piece);
  return Float64Array.from(joinPcm(...pieces), (sample) => sample / 32_768);
}

/** Makes samples the party's, and lets media flow meanwhile. */
async function inParts(samples: Float64Array, sound: PartySound): Promise<Int16Array> {
  const notch = notchFor(sound.mark, LINE_VOICE_RATE);
  for (let at = 0; at < samples.length; at += slice) {
    notch.run(samples.subarray(at, at + slice));
    await turn();
  }
  return markParty(samples, LINE_VOICE_RATE, sound);
}

function checkSpeakOptions({ afterMs, levelDbfs }: SpeakOptions): void {
  if (afterMs !== undefined && !(Number.isFinite(afterMs) && afterMs >= 0)) {
    throw new PhoneLabError('invalid-option', `afterMs must be 0 ms or more, not ${afterMs}`);
  }
  checkSpeechLevel('levelDbfs', levelDbfs);
}

/** The same number for the same party (FNV-1a). */
function seedOf(party: string): number {
  let hash = 2_166_136_261;
  for (const character of party) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return hash;
}
