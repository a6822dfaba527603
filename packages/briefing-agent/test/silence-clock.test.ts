import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SilenceClock } from '../src/silence-clock.ts';

function clock(): { clock: SilenceClock; silent: () => number } {
  let count = 0;
  return { clock: new SilenceClock(1000, () => (count += 1)), silent: () => count };
}

describe('the silence clock', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('strikes after the limit in which neither speaks', () => {
    const { clock: silence, silent } = clock();
    silence.start();
    vi.advanceTimersByTime(999);
    expect(silent()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(silent()).toBe(1);
  });

  it('stands still while either speaks, and begins anew when both are quiet', () => {
    const { clock: silence, silent } = clock();
    silence.start();
    silence.speaking('agent', true);
    silence.speaking('human', true);
    silence.speaking('agent', false);
    vi.advanceTimersByTime(5000);
    expect(silent()).toBe(0);
    silence.speaking('human', false);
    vi.advanceTimersByTime(999);
    expect(silent()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(silent()).toBe(1);
  });

  it('begins anew with every sign of the human', () => {
    const { clock: silence, silent } = clock();
    silence.start();
    vi.advanceTimersByTime(900);
    silence.sign();
    vi.advanceTimersByTime(900);
    expect(silent()).toBe(0);
  });

  it('does not run before its start nor after its close', () => {
    const { clock: silence, silent } = clock();
    silence.speaking('human', true);
    silence.speaking('human', false);
    vi.advanceTimersByTime(5000);
    silence.start();
    silence.close();
    silence.sign();
    vi.advanceTimersByTime(5000);
    expect(silent()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
