import type { BriefingModels } from '@org/briefing-agent';
import type { WarmTransferOptions } from './transfer-options.js';
import { WarmTransferError } from './warm-transfer-error.js';

/** What is not given comes from the caller's session; `null` means none. */
export function modelsOf(options: WarmTransferOptions): BriefingModels {
  const { session } = options;
  const stt = options.stt ?? session.stt;
  const llm = options.llm ?? session.llm;
  const tts = options.tts ?? session.tts;
  const vad = options.vad === undefined ? session.vad : options.vad;
  const turnDetection = options.turnDetection === undefined ? session.turnDetection : options.turnDetection;
  if (stt === undefined || tts === undefined || llm === undefined) {
    const missing = Object.entries({ stt, llm, tts }).find(([, model]) => model === undefined);
    throw new WarmTransferError(
      'invalid-option',
      `\`${missing?.[0] ?? 'stt'}\` is missing: the caller's session has none, so give one for the briefing`,
    );
  }
  if (!('chat' in llm)) {
    throw new WarmTransferError(
      'invalid-option',
      '`llm` must be an LLM: the session has a realtime model, which this version cannot brief with',
    );
  }
  return {
    stt,
    llm,
    tts,
    ...(vad === undefined ? {} : { vad }),
    ...(turnDetection === undefined ? {} : { turnDetection }),
  };
}
