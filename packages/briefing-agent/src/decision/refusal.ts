import { quotable } from '../language/quotable.js';
import type { BriefingKeys } from '../options/keys.js';

/**
 * The reason for which a tool call of the model has no effect.
 *
 * - `over`, `unanswered`, `voicemail`, `wordless`: it can have none now.
 * - `unheard`: no person has answered the agent.
 * - `unclear`: the human agent's words are no clear yes.
 * - `key`: the human agent is to be asked for the key, not for words again.
 * - `no`: the human agent said no.
 * - `misquoted`: the quote was not said.
 */
export type RefusalKind =
  | 'over'
  | 'unanswered'
  | 'voicemail'
  | 'wordless'
  | 'unheard'
  | 'unclear'
  | 'key'
  | 'no'
  | 'misquoted';

export interface Refusal {
  readonly kind: RefusalKind;
  /** The last words of the line; empty for none. */
  readonly words: string;
  readonly keys: BriefingKeys | null;
}

/** Returns the reply to the model: the reason, and what to do. */
export function refusalText({ kind, words, keys }: Refusal): string {
  const said = words === '' ? '' : ` The last words on the line: "${quotable(words)}".`;
  switch (kind) {
    case 'over':
      return 'This briefing already has its decision. Say nothing more.';
    case 'unanswered':
      return 'The phone has not been answered yet.';
    case 'voicemail':
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
