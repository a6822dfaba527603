import { initializeLogger } from '@livekit/agents';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { ScriptedTTS, type ScriptedTTSOptions } from '../../src/testing.ts';

/** The vocabulary of the tests, each word as a tone in Hz. */
export const words = { yes: 2300, no: 2400, hello: 2500, beep: 2600 } as const;
/** The voice of the briefing agent, in Hz. */
export const AGENT_VOICE = 1400;
/** The agent's voice after its models failed, in Hz. */
export const SPARE_VOICE = 1100;
/** A greeting that is long enough to be answered, 0.9 s. */
export const GREETING =
  'Hello, this is the assistant of the front desk, and I have a caller on the line. May I connect you to the caller now?';
/** A greeting of some two seconds, to speak into. */
export const LONG_GREETING: string = `${'Hello, I have a caller who asks for you. '.repeat(6)}Will you take the call?`;
/** A string of some six seconds, long enough to be interrupted. */
export const ENDLESS: string = 'A long greeting. '.repeat(45).trim();
/** The voice of the human agent, in Hz. */
export const HUMAN_VOICE = 1700;

/** The pace of the agent in the tests: sentences are short, and so are the tests. */
export const MS_PER_CHARACTER = 8;

export const agentTts = (options: Partial<ScriptedTTSOptions> = {}): ScriptedTTS =>
  new ScriptedTTS({ frequency: AGENT_VOICE, msPerCharacter: MS_PER_CHARACTER, ...options });

export async function openLab(): Promise<PhoneLab> {
  initializeLogger({ pretty: false, level: 'silent' });
  return startPhoneLab({ vocabulary: words });
}
