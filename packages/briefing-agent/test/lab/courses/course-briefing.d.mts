import type { BriefingModels, BriefingOptions } from '../../../src/index.ts';
import type { ScriptedSTT } from '../../../src/testing.ts';

export const MS_PER_CHARACTER: number;

/** The parts of a course that a briefing needs, as JSON. */
export interface CoursePlan {
  /** The transcripts of the recognizer, one utterance after the other. */
  readonly texts: readonly string[];
  /** The frequencies of the voices, in Hz. */
  readonly humanVoice: number;
  readonly agentVoice: number;
  /** DTMF that leads through a menu. */
  readonly dtmf?: string;
  readonly speakAfterMs?: number;
}

export function courseBriefing(
  plan: CoursePlan,
  turnDetection: BriefingModels['turnDetection'],
): { options: Omit<BriefingOptions, 'room' | 'humanIdentity'>; stt: ScriptedSTT };
