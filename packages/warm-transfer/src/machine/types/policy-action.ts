/**
 * What to do about an attempt that failed.
 *
 * - `return`: the caller has the AI back.
 * - `next-target`: the next of the list is called.
 * - `redirect`: a department is called: the one given, else the one that the human agent named when declining.
 * - `cold-transfer`: the caller's phone is asked, by SIP REFER, to call somebody else.
 * - `voicemail-message`: the message is left in the voicemail box that answered; then the next action of the list.
 * - `hang-up`: the caller's call is ended.
 */
export type PolicyAction =
  | { readonly type: 'return' }
  | { readonly type: 'next-target' }
  | { readonly type: 'redirect'; readonly department?: string }
  | { readonly type: 'cold-transfer'; readonly to: string }
  | { readonly type: 'voicemail-message' }
  | { readonly type: 'hang-up' };
