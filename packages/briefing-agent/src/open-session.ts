import { voice } from '@livekit/agents';
import type { CheckedOptions } from './briefing-options.js';

/** An agent session with what was given and nothing else: no default model is loaded. */
export function newSession({ models, allowInterruptions }: CheckedOptions): voice.AgentSession {
  const { vad = null, turnDetection = vad === null ? 'stt' : 'vad' } = models;
  return new voice.AgentSession({
    stt: models.stt,
    llm: models.llm,
    tts: models.tts,
    vad,
    turnHandling: {
      turnDetection,
      // The adaptive mode, a default in development, asks a model in the cloud.
      interruption: { enabled: allowInterruptions, mode: 'vad' },
    },
    // A phone line cancels its own echo, and the first words must get through.
    aecWarmupDuration: null,
    userAwayTimeout: null,
  });
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
