import { isMs, shown } from '../limits.js';
import type { WarmTransferOptions } from '../transfer-options.js';
import { WarmTransferError } from '../warm-transfer-error.js';
import { type HoldSpeechOptions, toldPhases } from './hold-speech.js';

/** @throws WarmTransferError `invalid-option` */
export function checkHoldSpeech(options: HoldSpeechOptions & Pick<WarmTransferOptions, 'holdAudio'>): void {
  const { holdTexts = {}, comfortText, holdAudio, holdAnnouncements } = options;
  for (const [phase, text] of Object.entries(holdTexts)) {
    const name = `holdTexts.${phase}`;
    if (!toldPhases.some((told) => told === phase)) {
      throw invalid(`\`${name}\` is unknown; known are ${toldPhases.join(', ')}`);
    }
    if (text !== undefined && typeof text !== 'function') checkText(name, text);
  }
  if (comfortText === undefined) return;
  if (holdAudio !== undefined) throw invalid('give `comfortText` or `holdAudio`, not both');
  if (holdAnnouncements !== undefined) throw invalid('give `comfortText` or `holdAnnouncements`, not both');
  if (typeof comfortText === 'string') return checkText('comfortText', comfortText);
  const { text, intervalMs } = comfortText;
  checkText('comfortText.text', text);
  if (intervalMs !== undefined && !(isMs(intervalMs) && intervalMs >= 1000 && intervalMs <= 3_600_000)) {
    throw invalid(
      `\`comfortText.intervalMs\` must be a number from 1000 to 3,600,000 in milliseconds, not ${shown(intervalMs)}`,
    );
  }
}

function checkText(name: string, text: unknown): void {
  if (typeof text !== 'string' || text.trim() === '') throw invalid(`\`${name}\` must be a text that is not empty`);
}

const invalid = (message: string): WarmTransferError => new WarmTransferError('invalid-option', message);
