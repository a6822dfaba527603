import { expect, it, vi } from 'vitest';
import { HoldAudio } from '../../src/index.js';
import { FakeHoldRoom } from '../../src/testing.js';
import { makeWav, sine } from '../support/make-wav.js';

it('load() finds the seam of a clip that will be looped, once per clip', async () => {
  const source = makeWav({ sampleRate: 48_000, seconds: 1, signal: sine(1000) });
  const hold = new HoldAudio({ room: new FakeHoldRoom(), source });
  // Of all that it does, only the search for a seam takes roots.
  const roots = vi.spyOn(Math, 'sqrt');
  await hold.load();
  const taken = roots.mock.calls.length;
  expect(taken).toBeGreaterThan(100);
  await hold.load();
  expect(roots).toHaveBeenCalledTimes(taken);
  roots.mockRestore();
});
