import type { PhoneLab } from '@org/phone-lab';
import { expect, vi } from 'vitest';
import { WarmTransfer, type WarmTransferOptions } from '../../src/index.js';
import { freshNumber } from './call-center.js';

/**
 * Three phones in parallel, answered 5 ms apart: exactly one is briefed, the two others stop. The winner then hangs up, and
 * the caller is returned to the AI.
 */
export async function ringThree(lab: PhoneLab, options: WarmTransferOptions): Promise<void> {
  const numbers = [freshNumber(), freshNumber(), freshNumber()] as const;
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
    briefing: { sentences: { answeredElsewhere: 'Taken.' } },
  });
  const running = transfer.run();
  const calls = await Promise.all(phones.map((phone) => phone.nextCall()));
  const alive = () => calls.filter(({ ended }) => ended === undefined);
  const soon = { timeout: 10_000, interval: 10 };
  const course = () =>
    calls.map(({ status }) => status.map((change) => `${change.status} ${change.at}`).join(', ')).join('; ');
  await vi.waitFor(() => expect(transfer.state.phase, course()).toBe('briefing'), soon);
  await vi.waitFor(() => expect(alive()).toHaveLength(1), soon);
  await alive()[0]?.hangUp();
  const { status, attempts } = await running;
  expect(status).toBe('human-disconnected');
  const results = attempts.map(({ result }) => result?.status);
  expect(results.filter((result) => result === 'answered-elsewhere')).toHaveLength(2);
  expect(results).toContain('human-disconnected');
  await transfer.closed();
}
