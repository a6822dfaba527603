import { inference, type tts } from '@livekit/agents';
import type { BriefingModels } from '@org/briefing-agent';
import { inferenceModel } from '../options/inference-model.js';
import type { WarmTransferOptions } from '../options/transfer-options.js';

/** Returns the TTS for speech outside of a session; undefined if there are only realtime models. */
export function resolveAnnouncementTts(
  { announcementTts, session }: WarmTransferOptions,
  { tts: ofBriefing }: BriefingModels,
): tts.TTS | undefined {
  if (typeof announcementTts === 'string')
    return inferenceModel('announcementTts', () => inference.TTS.fromModelString(announcementTts));
  return announcementTts ?? session.tts ?? ofBriefing ?? undefined;
}
