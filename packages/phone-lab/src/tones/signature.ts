/** How a party is recognized by ear: any of the frequencies (Hz) sounding is the party. */
export interface Signature {
  readonly name: string;
  readonly frequencies: readonly number[];
}

/** A frequency stands for a signature of that frequency alone. */
export function toSignature(signature: number | Signature): Signature {
  return typeof signature === 'number' ? { name: `${signature} Hz`, frequencies: [signature] } : signature;
}
