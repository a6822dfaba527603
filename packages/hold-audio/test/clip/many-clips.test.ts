import { expect, test, vi } from 'vitest';
import { HoldAudio, clipSequence } from '../../src/index.js';
import { FakeHoldRoom } from '../../src/testing.js';
import { makeWav, sine } from '../support/make-wav.js';

test('a dozen clips, in a sequence, in a list and announced, cause no warning of too many listeners', async () => {
  const warned = vi.fn();
  process.on('warning', warned);
  const clips = Array.from({ length: 12 }, (_, i) =>
    makeWav({ sampleRate: 48_000, seconds: 0.11, signal: sine(300 + i) }),
  );
  for (const source of [clipSequence(clips), clips.map((clip) => ({ source: clip }))]) {
    const room = new FakeHoldRoom();
    const over = new AbortController();
    await using hold = new HoldAudio({ room, source, fadeOutMs: 0, announcements: { items: clips, intervalMs: 1000 } });
    await Promise.all(clips.map(() => hold.load({ signal: over.signal })));
    await hold.start({ signal: over.signal });
    await Promise.all(clips.map((clip) => hold.announce(clip, { signal: AbortSignal.any([over.signal]) })).slice(0, 1));
  }
  await new Promise(setImmediate);
  process.off('warning', warned);
  expect(warned).not.toHaveBeenCalled();
}, 60_000);
