// #region readme
import type { llm } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import { Briefing, type BriefingModels, type BriefingResult } from '@org/briefing-agent';

/** Asks the human agent in this room whether they take the caller. */
export async function ask(
  room: Room,
  humanIdentity: string,
  models: BriefingModels,
  chatCtx: llm.ChatContext,
): Promise<BriefingResult> {
  const briefing = new Briefing({ room, humanIdentity, models, chatCtx });
  try {
    await briefing.start(); // on a phone: while it rings
    briefing.brief(); // on a phone: when it is answered
    const result = await briefing.result;
    if (result.type === 'accepted') briefing.mute();
    else if (result.type !== 'disconnected' && result.spokenSentence === undefined) await briefing.sayFixed('declined');
    return result;
  } finally {
    await briefing.close();
  }
}
// #endregion readme
