import { describe, expect, it, vi } from 'vitest';
import { guardHandler } from '../../src/async/guard-handler.ts';
import type { ConsultRoomError } from '../../src/index.ts';

const full = new Error('the disk is full');

describe('a handler of the application', () => {
  it('is called again after it failed, and reported once, whether it throws or rejects', async () => {
    const reports: ConsultRoomError[] = [];
    const failing = {
      throws: vi.fn(() => {
        throw full;
      }),
      rejects: vi.fn(() => Promise.reject(full)),
    };
    for (const [name, handler] of Object.entries(failing)) {
      const guarded = guardHandler<[]>(
        name,
        () => handler(),
        (error) => reports.push(error),
      );
      guarded();
      guarded();
      expect(handler).toHaveBeenCalledTimes(2);
    }
    await vi.waitFor(() => expect(reports).toHaveLength(2));
    expect(reports).toMatchObject([
      { code: 'handler-failed', message: 'throws failed; the operation that called it continues', cause: full },
      { code: 'handler-failed', message: 'rejects failed; the operation that called it continues', cause: full },
    ]);
  });
});
