import { describe, expect, it, vi } from 'vitest';
import { ConsultRoomError } from '../src/index.ts';

describe('ConsultRoomError', () => {
  it('is recognized across two copies of the package, unlike any other error', async () => {
    vi.resetModules();
    const second = await import('../src/consult-room-error.ts');
    const foreign = new second.ConsultRoomError('closed', 'was closed');
    expect(second.ConsultRoomError).not.toBe(ConsultRoomError);
    expect(foreign instanceof ConsultRoomError).toBe(false);
    expect(ConsultRoomError.isInstance(foreign)).toBe(true);
    expect(ConsultRoomError.isInstance(new Error('closed'))).toBe(false);
    expect(ConsultRoomError.isInstance({ code: 'closed' })).toBe(false);
  });
});
