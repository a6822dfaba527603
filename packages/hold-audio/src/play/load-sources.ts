import { unlessAborted } from '../async/abort-signal.js';
import type { ParsedAnnouncements } from '../options/parse-announcements.js';
import type { ParsedSource } from '../source/parse-source.js';
import { mayPickNone } from './choose-source.js';
import type { Clip } from '../pcm/clip.js';
import type { ClipLimits } from '../options/clip-limits.js';
import { loadClip, loadHoldMusic } from '../clip/load-clip.js';

export interface LoadOptions extends ClipLimits {
  readonly source: ParsedSource;
  readonly announcements: ParsedAnnouncements | undefined;
}

/**
 * Loads all clips that will be played. Resolves to the clips that will be looped; rejects with the signal's reason when
 * it is aborted.
 */
export async function loadSources(options: LoadOptions, signal?: AbortSignal): Promise<readonly Clip[]> {
  signal?.throwIfAborted();
  return unlessAborted(signal, loadAll(options, signal));
}

async function loadAll(
  { source, announcements, ...limits }: LoadOptions,
  signal?: AbortSignal,
): Promise<readonly Clip[]> {
  const looped = await load(source, limits, signal);
  for (const item of announcements?.items ?? []) {
    if (item.kind === 'clip') await load(item.source, limits, signal);
  }
  return looped;
}

async function load(source: ParsedSource, limits: ClipLimits, signal?: AbortSignal): Promise<readonly Clip[]> {
  if (source.kind === 'silence') return [];
  if (source.kind === 'choice') {
    const looped: Clip[] = [];
    // Any of them may be chosen. One after the other, so that the first failure is reported.
    for (const { source: candidate } of source.among) looped.push(...(await load(candidate, limits, signal)));
    if (mayPickNone(source.among)) looped.push(await loadHoldMusic());
    return looped;
  }
  if (source.kind === 'sequence') {
    for (const item of source.items) await load(item.source, limits, signal);
    return [];
  }
  // For a stream only its replacement: the stream itself would start to run.
  return [await (source.kind === 'stream' ? loadHoldMusic() : loadClip(source, limits, signal))];
}
