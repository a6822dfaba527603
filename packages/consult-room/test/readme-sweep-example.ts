// #region readme
import { type SweepItem, sweepConsultRooms } from '@org/consult-room';

/** For a cron job: frees human agents who are held in the rooms of crashed workers. Resolves to what could not be deleted. */
export async function sweep(server: { url: string; apiKey: string; apiSecret: string }): Promise<SweepItem[]> {
  const items = await sweepConsultRooms({ ...server, olderThanMs: 300_000 });
  return items.filter(({ action }) => action === 'failed');
}
// #endregion readme
