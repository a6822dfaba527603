import { expect, it } from 'vitest';
import { closeTrack } from '../../src/index.ts';

it('closeTrack() empties the source before it closes track and source', async () => {
  const calls: string[] = [];
  const source = { clearQueue: () => void calls.push('clear') };
  const track = { close: async () => void calls.push('close') };
  await closeTrack(track, source);
  expect(calls).toEqual(['clear', 'close']);
});

it('closeTrack() closes a track whose source is closed already', async () => {
  let closed = false;
  const source = {
    clearQueue: () => {
      throw new Error('invalid handle');
    },
  };
  const track = { close: async () => void (closed = true) };
  await closeTrack(track, source);
  expect(closed).toBe(true);
});
