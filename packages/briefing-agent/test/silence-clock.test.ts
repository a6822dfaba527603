import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SilenceClock } from '../src/silence-clock.ts';

describe('the silence clock', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function clock(): { clock: SilenceClock; silent: () => number } {
    let count = 0;
    return { clock: new SilenceClock(1000, () => (count += 1)), silent: () => count };
  }

  it('strikes after the limit in which neither speaks', () => {
    const { clock: it, silent } = clock();
    it.start();
    vi.advanceTimersByTime(999);
    expect(silent()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(silent()).toBe(1);
  });

  it('stands still while either speaks, and begins anew when both are quiet', () => {
    const { clock: it, silent } = clock();
    it.start();
    it.speaking('agent', true);
    it.speaking('human', true);
    it.speaking('agent', false);
    vi.advanceTimersByTime(5000);
    expect(silent()).toBe(0);
    it.speaking('human', false);
    vi.advanceTimersByTime(999);
    expect(silent()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(silent()).toBe(1);
  });

  it('begins anew with every sign of the human', () => {
    const { clock: it, silent } = clock();
    it.start();
    vi.advanceTimersByTime(900);
    it.sign();
    vi.advanceTimersByTime(900);
    expect(silent()).toBe(0);
  });

  it('does not run before its start nor after its close', () => {
    const { clock: it, silent } = clock();
    it.speaking('human', true);
    it.speaking('human', false);
    vi.advanceTimersByTime(5000);
    it.start();
    it.close();
    it.sign();
    vi.advanceTimersByTime(5000);
    expect(silent()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
