// #region readme
import { WarmTransfer, type WarmTransferOptions } from '@org/warm-transfer';

/** Shows the caller's number, and asserts `ours`, a number of the trunk, as the origin of the call. */
export function transferAsCaller(options: WarmTransferOptions, ours: string, ticket: string): WarmTransfer {
  return new WarmTransfer({
    ...options,
    callerId: 'caller',
    sipHeaders: {
      'P-Asserted-Identity': `<sip:${ours}@pbx.example.com>`, // the asserted identity (RFC 3325)
      Diversion: `<sip:${ours}@pbx.example.com>;reason=deflection`, // the diverting party (RFC 5806)
      'X-Ticket': ticket, // for a PBX of your own
    },
  });
}
// #endregion readme
