import { PhoneLabError } from '../phone-lab-error.js';
import { toneBurst } from '../tones/tone-generator.js';
import type { PhoneCall } from './phone-call.js';
import { LINE_VOICE_RATE } from '../line/phone-line.js';
import { plainPrompt, type Speak, type SpokenPrompt } from './spoken-prompt.js';

export interface VoicemailOptions {
  /** Default 1.2 s of bursts of 440 Hz. */
  readonly greeting?: SpokenPrompt;
  /** Frequency of the beep, Hz. Default 1400. */
  readonly beep?: number;
  /** How long the beep sounds. Default 400. */
  readonly beepMs?: number;
  /** Longest message; then the box hangs up. Default 30000. */
  readonly recordMs?: number;
}

const voicemailDefaults: Readonly<Required<Omit<VoicemailOptions, 'greeting'>>> = Object.freeze({
  beep: 1400,
  beepMs: 400,
  recordMs: 30_000,
});

/** A message that voicemail recorded. */
export interface VoicemailMessage {
  /** Epoch, ms: when the beep ended. */
  readonly from: number;
  /** Epoch, ms: when the call ended. */
  readonly to: number;
  /** 16 kHz, mono. */
  readonly pcm: Int16Array;
  /** The same as a WAV file. */
  readonly wav: Uint8Array;
}

/** Answers if need be, greets, beeps and records until the other side ends the call, or hangs up when the message is too long. */
export async function takeMessage(call: PhoneCall, speak: Speak, given: VoicemailOptions): Promise<VoicemailMessage> {
  const { beep, beepMs, recordMs, greeting = plainPrompt() } = { ...voicemailDefaults, ...given };
  for (const [name, value] of Object.entries({ beep, beepMs, recordMs })) {
    if (!(Number.isFinite(value) && value > 0)) {
      throw new PhoneLabError('invalid-option', `${name} must be more than 0, not ${value}`);
    }
  }
  if (call.status.at(-1)?.status !== 'active') await (call.direction === 'outbound' ? call.answer() : call.connected());
  await speak(greeting);
  await call.play(toneBurst([beep], beepMs, LINE_VOICE_RATE), LINE_VOICE_RATE);
  const from = Date.now();
  try {
    await call.wait(recordMs);
    await call.hangUp();
  } catch (error) {
    // The other side hung up: that is how messages end.
    if (!call.ended) throw error;
  }
  const to = call.ended?.at ?? Date.now();
  return { from, to, pcm: call.ear.pcm({ from, to }), wav: call.ear.wav({ from, to }) };
}
