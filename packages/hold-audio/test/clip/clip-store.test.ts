import { expect, test } from 'vitest';
import type { Clip } from '../../src/pcm/clip.js';
import { ClipStore } from '../../src/clip/clip-store.js';

const clip = (bytes: number): Clip => ({ samples: new Int16Array(bytes / 2), seamless: false });

test('the same content found from two sources is one clip', () => {
  const store = new ClipStore(1000);
  const known = clip(100);
  store.keep('file', 'content', known);
  store.keep('url', 'content', known);
  expect(store.bySource('url')).toBe(store.bySource('file'));
  expect(store.size).toBe(100);
});

test('the store drops the clips that were requested longest ago, beyond its bytes', () => {
  const store = new ClipStore(300);
  for (const name of ['a', 'b', 'c']) store.keep(name, name, clip(100));
  store.bySource('a');
  store.keep('d', 'd', clip(100));
  expect(['a', 'b', 'c', 'd'].filter((name) => store.bySource(name) !== undefined)).toEqual(['a', 'c', 'd']);
  expect(store.size).toBe(300);
});

test('a retained clip is kept until it is released as often', () => {
  const store = new ClipStore(100);
  const held = clip(100);
  store.keep('held', 'held', held);
  const releases = [store.retain(held), store.retain(held)];
  store.keep('other', 'other', clip(100));
  expect(store.bySource('held')).toBe(held);
  expect(store.bySource('other')).toBeUndefined();
  releases[0]?.();
  store.keep('other', 'other', clip(100));
  expect(store.bySource('held')).toBe(held);
  store.keep('third', 'third', clip(100));
  releases[1]?.();
  store.keep('fourth', 'fourth', clip(100));
  expect(store.bySource('held')).toBeUndefined();
  expect(store.size).toBe(100);
});

test('the sources of a thousand clips are remembered, no more', () => {
  const store = new ClipStore(1e9);
  for (let i = 0; i <= 1000; i += 1) store.keep(`source ${i}`, 'content', clip(2));
  expect(store.bySource('source 0')).toBeUndefined();
  expect(store.bySource('source 1')).toBeDefined();
});
