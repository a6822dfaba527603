// #region readme
import type { llm } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import { Briefing, type BriefingModels, type BriefingResult } from '@org/briefing-agent';

/** Asks a person in this room whether they take the caller. */
export async function ask(
  room: Room,
  person: string,
  models: BriefingModels,
  chatCtx: llm.ChatContext,
): Promise<BriefingResult> {
  const briefing = new Briefing({ room, humanIdentity: person, models, chatCtx });
  try {
    await briefing.start(); // listens; on a phone: while it rings
    briefing.brief(); // briefs; on a phone: when it is answered
    const result = await briefing.result;
    if (result.type === 'accepted') briefing.mute();
    else if (result.type !== 'left' && result.told === undefined) await briefing.sayFixed('declined');
    return result;
  } finally {
    await briefing.close();
  }
}
// #endregion readme
