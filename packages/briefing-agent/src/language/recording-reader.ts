import type { BriefingLanguage } from './briefing-language.js';
import { normalizedWords } from './normalized-words.js';
import { anywhere } from './phrase-finder.js';

/** A recording, or a receptionist, that precedes the human agent and puts the call through. New kinds may be added. */
export type WaitKind = 'screening' | 'queue' | 'menu';

/** The kind of a recording, by its words. */
export type RecordingKind = WaitKind | 'voicemail';

const kinds: readonly RecordingKind[] = ['screening', 'queue', 'menu', 'voicemail'];

/** Kinds whose phrases a recording of another kind may also use: its request counts. */
const alsoSaidBy: Readonly<Partial<Record<RecordingKind, readonly RecordingKind[]>>> = {
  menu: ['screening', 'queue', 'voicemail'],
  screening: ['queue'],
};

/**
 * Creates a function that returns the kind of a recording by its words; null for other words.
 *
 * With phrases of several kinds, the request of the recording counts, otherwise the last phrase. A menu counts only with
 * keys for it.
 */
export function recordingReader(
  language: Pick<BriefingLanguage, RecordingKind>,
  { hasKeys }: { readonly hasKeys: boolean },
): (text: string) => RecordingKind | null {
  const patterns = kinds.map((kind) => ({ kind, pattern: anywhere(language[kind] ?? []) }));
  return (text) => {
    const words = normalizedWords(text);
    const found = patterns
      .map(({ kind, pattern }) => ({ kind, at: [...words.matchAll(pattern)].at(-1)?.index ?? -1 }))
      .filter(({ kind, at }) => at >= 0 && (hasKeys || kind !== 'menu'))
      .sort((a, b) => b.at - a.at);
    const beside = found.flatMap(({ kind }) => alsoSaidBy[kind] ?? []);
    return found.find(({ kind }) => !beside.includes(kind))?.kind ?? null;
  };
}
