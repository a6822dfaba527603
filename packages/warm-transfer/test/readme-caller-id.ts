// #region readme
import { WarmTransfer, type WarmTransferOptions } from '@org/warm-transfer';

/** Shows the caller's number, and proves to the trunk that the call is ours. `ours` is a number of the trunk. */
export function transferAsCaller(options: WarmTransferOptions, ours: string, ticket: string): WarmTransfer {
  return new WarmTransfer({
    ...options,
    callerId: 'caller',
    sipHeaders: {
      'P-Asserted-Identity': `<sip:${ours}@pbx.example.com>`, // whose call it is (RFC 3325)
      Diversion: `<sip:${ours}@pbx.example.com>;reason=deflection`, // who passes it on (RFC 5806)
      'X-Ticket': ticket, // for a PBX of your own
    },
  });
}
// #endregion readme
