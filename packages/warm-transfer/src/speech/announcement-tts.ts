import { inference, type tts } from '@livekit/agents';
import type { BriefingModels } from '@org/briefing-agent';
import { inferenceModel } from '../options/inference-model.js';
import type { WarmTransferOptions } from '../options/transfer-options.js';

/** The voice for what is said outside of a session; undefined where only realtime models speak. */
export function voiceOf(
  { announcementVoice, session }: WarmTransferOptions,
  { tts: ofBriefing }: BriefingModels,
): tts.TTS | undefined {
  if (typeof announcementVoice === 'string')
    return inferenceModel('announcementVoice', () => inference.TTS.fromModelString(announcementVoice));
  return announcementVoice ?? session.tts ?? ofBriefing ?? undefined;
}
