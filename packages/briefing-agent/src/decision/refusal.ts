import { quotable } from '../language/quotable.js';
import type { Keys } from '../options/keys.js';

/**
 * Why a tool call of the model has no effect.
 *
 * - `over`, `unanswered`, `machine`, `wordless`: it can have none now.
 * - `unheard`: there is no answer of a person to what we said.
 * - `unclear`: their words are no clear yes.
 * - `key`: they are not to be asked for words again.
 * - `no`: they said no.
 * - `misquoted`: the quote was not said.
 */
export type RefusalKind =
  | 'over'
  | 'unanswered'
  | 'machine'
  | 'wordless'
  | 'unheard'
  | 'unclear'
  | 'key'
  | 'no'
  | 'misquoted';

export interface Refusal {
  readonly kind: RefusalKind;
  /** Last words of the line; empty for none. */
  readonly words: string;
  readonly keys: Keys | null;
}

/** What the model is told: what is so, and what to do. */
export function refusalText({ kind, words, keys }: Refusal): string {
  const said = words === '' ? '' : ` The last words on the line: "${quotable(words)}".`;
  switch (kind) {
    case 'over':
      return 'This briefing already has its decision. Say nothing more.';
    case 'unanswered':
      return 'The phone has not been answered yet.';
    case 'machine':
      return 'Not connected: a machine is on the line. Call voicemail_detected.';
    case 'wordless':
      return 'No words were understood on the line yet. Wait until the person has spoken.';
    case 'unheard':
      return `Not connected: no answer of a person to you has been heard, so this may be a recording.${said} Ask whether to connect the caller, wait for the answer, and call this again if it is yes.`;
    case 'unclear':
      return `Not connected: that is no clear yes.${said} If they asked something, answer it; if they want a moment, wait. Then ask whether to connect the caller, and call this again if they say yes.`;
    case 'key':
      return `Not connected: there is still no clear yes, so do not ask for one again.${said} Answer what they ask, and ask them to press ${keys?.accept ?? ''} to be connected.`;
    case 'no':
      return `Not connected: the person said no.${said} Call decline_transfer, unless they ask for the caller after all.`;
    case 'misquoted':
      return `Not connected: their_words were not said on the line.${said} If those mean yes, call this again with exactly those words or without any.`;
  }
}
