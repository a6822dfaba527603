import type { VoicemailMessage } from '@org/phone-lab';
import { tonePower } from '../../src/testing/goertzel.ts';
import { AGENT_VOICE } from './lab.ts';

/** The milliseconds of the agent's voice in a recording. */
export function agentMsIn({ pcm }: VoicemailMessage): number {
  let heardMs = 0;
  for (let at = 0; at + 320 <= pcm.length; at += 320) {
    if (tonePower(pcm.subarray(at, at + 320), 16_000, AGENT_VOICE) > 0.001) heardMs += 20;
  }
  return heardMs;
}
