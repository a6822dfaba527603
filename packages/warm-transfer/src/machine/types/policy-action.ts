/**
 * An action after a failure.
 * - `return`: the caller is returned to the AI.
 * - `next-target`: the next target is called.
 * - `redirect`: a department is called: the given one, else the one that the human agent named when declining.
 * - `cold-transfer`: the caller's phone is asked, by SIP REFER, to call a number.
 * - `voicemail-message`: the message is left on the voicemail that answered; then the next action of the list.
 * - `hang-up`: the caller's call is ended.
 */
export type PolicyAction =
  | { readonly type: 'return' }
  | { readonly type: 'next-target' }
  | { readonly type: 'redirect'; readonly department?: string }
  | { readonly type: 'cold-transfer'; readonly to: string }
  | { readonly type: 'voicemail-message' }
  | { readonly type: 'hang-up' };
