import type { BriefingModels, BriefingOptions } from '../../../src/index.ts';
import type { ScriptedSTT } from '../../../src/testing.ts';

export const MS_PER_CHARACTER: number;

/** What a briefing needs to know of a course, as JSON. */
export interface CoursePlan {
  /** What the recognizer understands, one utterance after the other. */
  readonly texts: readonly string[];
  /** The voices' frequencies, in Hz. */
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
