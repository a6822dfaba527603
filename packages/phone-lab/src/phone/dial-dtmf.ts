/** Time of one digit, tone and pause. */
const digitMs = 250;

/** What a `w` in a DTMF string waits. */
const waitMs = 500;

/** The keys of a dial's DTMF string, and how long each step takes; `w` has no key. */
export function splitDtmf(dtmf: string): { readonly key?: string; readonly takesMs: number }[] {
  return Array.from(dtmf, (symbol) => (symbol === 'w' ? { takesMs: waitMs } : { key: symbol, takesMs: digitMs }));
}
