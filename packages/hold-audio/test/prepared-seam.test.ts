import { expect, it, vi } from 'vitest';
import { HoldAudio } from '../src/index.js';
import { chooseOverlap } from '../src/play/seam.js';
import { FakeHoldRoom } from '../src/testing.js';
import { makeWav, sine } from './support/make-wav.js';

vi.mock('../src/play/seam.js', { spy: true });

it('prepare() finds the seam of a clip that will be looped, once per clip', async () => {
  const source = makeWav({ sampleRate: 48_000, seconds: 1, signal: sine(1000) });
  const hold = new HoldAudio({ room: new FakeHoldRoom(), source });
  await hold.prepare();
  await hold.prepare();
  expect(chooseOverlap).toHaveBeenCalledOnce();
});
