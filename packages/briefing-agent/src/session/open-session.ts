import { voice } from '@livekit/agents';
import { type BriefingModels, isRealtime } from '../models/briefing-models.js';
import type { CheckedOptions } from '../options/parse-briefing-options.js';

/** An agent session with what was given and nothing else: no default model is loaded. */
export function newSession({ models, allowInterruptions }: CheckedOptions): voice.AgentSession {
  const tts = models.tts ?? models.fallbackTts ?? undefined;
  if (models.llm === null) return openSession({ tts, vad: null }, 'manual', false);
  return openSession(
    { llm: models.llm, stt: models.stt ?? undefined, tts, vad: models.vad ?? null },
    models.turnDetection ?? turnDetectionOf(models),
    allowInterruptions,
  );
}

/** A session that can only speak: for a static message, and when a model of the other one failed. */
export function newVoiceSession({ models }: CheckedOptions): voice.AgentSession {
  return openSession({ tts: models.fallbackTts ?? models.tts ?? undefined, vad: null }, 'manual', false);
}

type Models = Pick<voice.AgentSessionOptions, 'vad'> & {
  [M in 'llm' | 'stt' | 'tts']?: voice.AgentSessionOptions[M] | undefined;
};
type TurnDetection = NonNullable<voice.AgentSessionOptions['turnDetection']>;

function openSession(models: Models, turnDetection: TurnDetection, enabled: boolean): voice.AgentSession {
  const given = Object.entries(models).filter(([, model]) => model !== undefined);
  return new voice.AgentSession({
    ...Object.fromEntries(given),
    turnHandling: {
      turnDetection,
      // The adaptive mode, a default in development, asks a model in the cloud.
      interruption: { enabled, mode: 'vad' },
    },
    // A phone line cancels its own echo, and the first words must get through.
    aecWarmupDuration: null,
    userAwayTimeout: null,
  });
}

function turnDetectionOf({ llm, stt, vad }: BriefingModels): TurnDetection {
  if (isRealtime(llm) && llm.capabilities.turnDetection) return 'realtime_llm';
  if (vad != null) return 'vad';
  return stt == null ? 'manual' : 'stt';
}

/** Room options under which the session leaves the job, the room and everybody else in it alone. */
export function roomOptions(humanIdentity: string): Omit<Parameters<voice.AgentSession['start']>[0], 'agent' | 'room'> {
  return {
    record: false,
    inputOptions: {
      participantIdentity: humanIdentity,
      closeOnDisconnect: false,
      deleteRoomOnClose: false,
      textEnabled: false,
    },
    // A phone does not show captions.
    outputOptions: { transcriptionEnabled: false },
  };
}
