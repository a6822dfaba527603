import { voice } from '@livekit/agents';
import { type BriefingModels, isRealtime } from '../models/briefing-models.js';
import type { ParsedOptions } from '../options/parse-briefing-options.js';

/** Creates an agent session with the given models and no others: no default model is loaded. */
export function createSession({ models, allowInterruptions }: ParsedOptions): voice.AgentSession {
  const tts = models.tts ?? models.fallbackTts ?? undefined;
  if (models.llm === null) return newSession({ tts, vad: null }, 'manual', false);
  return newSession(
    { llm: models.llm, stt: models.stt ?? undefined, tts, vad: models.vad ?? null },
    models.turnDetection ?? defaultTurnDetection(models),
    allowInterruptions,
  );
}

/** Creates a session that can only speak: for a static message, and for the time after a model failed. */
export function createVoiceSession({ models }: ParsedOptions): voice.AgentSession {
  return newSession({ tts: models.fallbackTts ?? models.tts ?? undefined, vad: null }, 'manual', false);
}

type Models = Pick<voice.AgentSessionOptions, 'vad'> & {
  [M in 'llm' | 'stt' | 'tts']?: voice.AgentSessionOptions[M] | undefined;
};
type TurnDetection = NonNullable<voice.AgentSessionOptions['turnDetection']>;

function newSession(models: Models, turnDetection: TurnDetection, enabled: boolean): voice.AgentSession {
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

function defaultTurnDetection({ llm, stt, vad }: BriefingModels): TurnDetection {
  if (isRealtime(llm) && llm.capabilities.turnDetection) return 'realtime_llm';
  if (vad != null) return 'vad';
  return stt == null ? 'manual' : 'stt';
}

/** Returns room options with which the session affects neither the job nor the room nor other participants. */
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
