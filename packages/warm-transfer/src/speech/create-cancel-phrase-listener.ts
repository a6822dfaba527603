import { inference } from '@livekit/agents';
import type { BriefingModels } from '@org/briefing-agent';
import type { CallerLocation } from '../session/locate-caller.js';
import { inferenceModel } from '../options/inference-model.js';
import type { WarmTransferOptions } from '../options/transfer-options.js';
import { WarmTransferError } from '../warm-transfer-error.js';
import { HearCancel } from './cancel-phrase-listener.js';

/** Who listens for `cancelWords`, if there are any. @throws WarmTransferError `invalid-option` when nobody can. */
export function hearCancelOf(
  { cancelWords: words, cancelStt, session }: WarmTransferOptions,
  { room, callerIdentity }: Pick<CallerLocation, 'room' | 'callerIdentity'>,
  { stt: ofBriefing }: BriefingModels,
  note: (cause: unknown) => void,
): HearCancel | undefined {
  if (words === undefined) return undefined;
  const given =
    typeof cancelStt === 'string'
      ? inferenceModel('cancelStt', () => inference.STT.fromModelString(cancelStt))
      : cancelStt;
  const recognizer = given ?? session.stt ?? ofBriefing ?? undefined;
  if (recognizer?.capabilities.streaming !== true) {
    const why = 'give `cancelStt`, as neither the session nor the briefing has one that streams';
    throw new WarmTransferError('invalid-option', `\`cancelWords\` needs a recognizer: ${why}`);
  }
  return new HearCancel({ room, callerIdentity, words, recognizer, note });
}
