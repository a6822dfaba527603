import { expect, it } from 'vitest';
import { type TransferPhase, WarmTransfer } from '../../src/index.js';
import { optionsWithoutServer } from '../support/without-server.js';

it('the events of a transfer end with a clip that is rejected, also for a loop that waits for them already', async () => {
  await using transfer = new WarmTransfer({ ...optionsWithoutServer(), holdAudio: '/there/is/no/such.wav' });
  const read = async (): Promise<TransferPhase[]> => {
    const phases: TransferPhase[] = [];
    for await (const { phase } of transfer.events) phases.push(phase);
    return phases;
  };
  const already = read();
  await expect(transfer.run()).rejects.toMatchObject({ code: 'source-missing' });
  expect(await Promise.all([already, read()])).toEqual([[], []]);
}, 5_000);
