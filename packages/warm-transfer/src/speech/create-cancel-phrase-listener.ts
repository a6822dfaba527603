import { inference } from '@livekit/agents';
import type { BriefingModels } from '@org/briefing-agent';
import type { CallerLocation } from '../session/locate-caller.js';
import { inferenceModel } from '../options/inference-model.js';
import type { WarmTransferOptions } from '../options/transfer-options.js';
import { WarmTransferError } from '../warm-transfer-error.js';
import { CancelPhraseListener } from './cancel-phrase-listener.js';

/**
 * Creates the listener for `cancelPhrases`, if there are any. @throws WarmTransferError `invalid-option` without an
 * STT.
 */
export function createCancelPhraseListener(
  { cancelPhrases: words, cancelStt, session }: WarmTransferOptions,
  { room, callerIdentity }: Pick<CallerLocation, 'room' | 'callerIdentity'>,
  { stt: ofBriefing }: BriefingModels,
  warn: (cause: unknown) => void,
): CancelPhraseListener | undefined {
  if (words === undefined) return undefined;
  const given =
    typeof cancelStt === 'string'
      ? inferenceModel('cancelStt', () => inference.STT.fromModelString(cancelStt))
      : cancelStt;
  const recognizer = given ?? session.stt ?? ofBriefing ?? undefined;
  if (recognizer?.capabilities.streaming !== true) {
    const why = 'give `cancelStt`, as neither the session nor the briefing has a streaming STT';
    throw new WarmTransferError('invalid-option', `\`cancelPhrases\` needs an STT: ${why}`);
  }
  return new CancelPhraseListener({ room, callerIdentity, words, recognizer, warn });
}
