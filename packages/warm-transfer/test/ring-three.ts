import type { PhoneLab } from '@org/phone-lab';
import { expect } from 'vitest';
import { WarmTransfer, type WarmTransferOptions } from '../src/index.js';

const numbers = ['+15550161', '+15550162', '+15550163'] as const;

/**
 * Three phones at once, answered 5 ms apart: exactly one is briefed, the two others stop. The winner then hangs up, and
 * the caller has the AI back.
 */
export async function ringThree(lab: PhoneLab, options: WarmTransferOptions): Promise<void> {
  const phones = numbers.map((number, index) =>
    lab.phone(number, async (call) => {
      await call.ring(100 + 5 * index);
      await call.answer();
    }),
  );
  await using transfer = new WarmTransfer({
    ...options,
    sipCallTo: undefined,
    holdAudio: null,
    targets: { ringAll: numbers },
    briefing: { sentences: { takenElsewhere: 'Taken.' } },
  });
  const running = transfer.run();
  const calls = await Promise.all(phones.map((phone) => phone.nextCall()));
  const alive = () => calls.filter(({ ended }) => ended === undefined);
  await expect.poll(() => transfer.state.phase, { timeout: 10_000, interval: 10 }).toBe('briefing');
  await expect.poll(() => alive().length, { timeout: 10_000, interval: 10 }).toBe(1);
  await alive()[0]?.hangUp();
  const { status, attempts } = await running;
  expect(status).toBe('human-left');
  const results = attempts.map(({ result }) => result?.status);
  expect(results.filter((result) => result === 'taken')).toHaveLength(2);
  expect(results).toContain('human-left');
  await transfer.closed();
}
