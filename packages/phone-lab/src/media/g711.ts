/** ITU-T G.711: what telephones make of a sample of 16 bit, in 8 bit. */
export type G711 = 'pcmu' | 'pcma';

/** Value of each byte, as 16 bit. */
const values: Readonly<Record<G711, Int16Array>> = {
  pcmu: Int16Array.from({ length: 256 }, (_, byte) => muLaw(byte)),
  pcma: Int16Array.from({ length: 256 }, (_, byte) => aLaw(byte)),
};

/** The values that a telephone can send, in order. */
const levels: Readonly<Record<G711, Int16Array>> = {
  pcmu: Int16Array.from(new Set(values.pcmu)).sort(),
  pcma: Int16Array.from(new Set(values.pcma)).sort(),
};

/** Value of a byte of G.711, as 16 bit. */
export function decodeG711(byte: number, law: G711): number {
  return values[law][byte] ?? 0;
}

/** Rounds samples to the values that the law has: all that encoding and decoding does to them. Changes them in place. */
export function roundToG711(pcm: Int16Array, law: G711): Int16Array {
  const known = levels[law];
  for (let i = 0; i < pcm.length; i += 1) pcm[i] = nearest(known, pcm[i] ?? 0);
  return pcm;
}

function nearest(sorted: Int16Array, value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  const [below, above] = [sorted[low] ?? 0, sorted[high] ?? 0];
  return value - below <= above - value ? below : above;
}

function muLaw(byte: number): number {
  const value = ~byte & 0xff;
  const magnitude = (((value & 0x0f) << 3) + 132) * 2 ** ((value >> 4) & 7) - 132;
  return value & 0x80 ? -magnitude : magnitude;
}

function aLaw(byte: number): number {
  const value = byte ^ 0x55;
  const segment = (value >> 4) & 7;
  const low = ((value & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? low : (low + 256) * 2 ** (segment - 1);
  return value & 0x80 ? magnitude : -magnitude;
}
