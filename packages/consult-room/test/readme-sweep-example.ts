// #region readme
import { sweepConsultRooms } from '@org/consult-room';
import type { SweepItem } from '@org/consult-room';

/** For a cron job: frees people who are held in the rooms of workers that died. Resolves to what it could not free. */
export async function sweep(server: { url: string; apiKey: string; apiSecret: string }): Promise<SweepItem[]> {
  const items = await sweepConsultRooms({ ...server, olderThanMs: 300_000 });
  return items.filter(({ action }) => action === 'failed');
}
// #endregion readme
