import { checkReferTo, SipDialerError } from '@org/sip-dialer';
import { WarmTransferError } from '../warm-transfer-error.js';

/**
 * Refuses, by the name of the option, where no phone could be sent by REFER.
 *
 * @throws WarmTransferError `invalid-option`
 */
export function checkSentTo(to: string, option: string): void {
  try {
    checkReferTo(to);
  } catch (cause) {
    if (!SipDialerError.isInstance(cause)) throw cause;
    throw new WarmTransferError('invalid-option', `\`${option}\`: ${cause.message}`, { cause });
  }
}
