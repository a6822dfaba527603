import { unlessAborted } from '../aborted.js';
import type { CheckedSource } from './checked-source.js';
import { mayPickNone } from './choose-source.js';
import type { ClipLimits } from './clip-limits.js';
import { loadClip, loadHoldMusic } from './load-clip.js';

/** Has everything decoded that the source needs; rejects with the signal's reason when that no longer matters. */
export async function prepareSource(source: CheckedSource, limits: ClipLimits, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await unlessAborted(signal, load(source, limits, signal));
}

async function load(source: CheckedSource, limits: ClipLimits, signal?: AbortSignal): Promise<void> {
  if (source.kind === 'silence') return;
  if (source.kind === 'choice') {
    // Whichever it will be. One after the other, so that the first failure is the one that is told.
    for (const { source: candidate } of source.among) await load(candidate, limits, signal);
    if (mayPickNone(source.among)) await loadHoldMusic();
    return;
  }
  if (source.kind === 'sequence') {
    for (const item of source.items) await load(item.source, limits, signal);
    return;
  }
  // Of a stream only the stand-in, should it fail: the stream itself would start to run.
  await (source.kind === 'stream' ? loadHoldMusic() : loadClip(source, limits, signal));
}
