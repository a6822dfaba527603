// #region readme
import { WarmTransfer, type TransferOutcome, type WarmTransferOptions } from '@org/warm-transfer';

/** Calls a department; a human agent there may redirect the caller to another one. */
export async function callDepartment(caller: WarmTransferOptions, department: string): Promise<TransferOutcome> {
  const transfer = new WarmTransfer({
    ...caller,
    department,
    departments: {
      billing: ['+15550151', '+15550152'], // one after the other
      support: {
        targets: { ringAll: ['+15550161', '+15550162', '+15550163'], winner: 'accept' }, // all in parallel
        openingHours: {
          timeZone: 'America/New_York',
          week: { monday: ['09:00', '17:00'], tuesday: ['09:00', '17:00'] },
        },
      },
      'front desk': { stages: [{ targets: '+15550171', nextAfterMs: 15_000 }, { targets: '+15550172' }] },
    },
    policy: {
      declined: ['redirect', 'return'], // "try support"
      voicemail: ['next-target', 'voicemail-message'],
      busy: ['next-target', { redirect: 'front desk' }],
    },
  });
  return transfer.run();
}
// #endregion readme
