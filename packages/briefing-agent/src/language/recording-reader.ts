import type { BriefingLanguage } from './briefing-language.js';
import { normalizedWords } from './normalized-words.js';
import { anywhere } from './phrase-finder.js';

/** A recording, or a receptionist, that stands between the call and the human agent and lets it through. */
export type WaitKind = 'screening' | 'queue' | 'menu';

/** The kind of a recording, by its words. */
export type RecordingKind = WaitKind | 'voicemail';

const kinds: readonly RecordingKind[] = ['screening', 'queue', 'menu', 'voicemail'];

/** Something else that a recording may say as well: it waits for what it asks for. */
const saidBeside: Readonly<Partial<Record<RecordingKind, readonly RecordingKind[]>>> = {
  menu: ['screening', 'queue', 'voicemail'],
  screening: ['queue'],
};

/**
 * Returns a function that reads the kind of a recording from its words; null for words of none.
 *
 * Where phrases of several kinds are found, what it asks for counts, else the last one. A menu is one only where there are
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
    const beside = found.flatMap(({ kind }) => saidBeside[kind] ?? []);
    return found.find(({ kind }) => !beside.includes(kind))?.kind ?? null;
  };
}
