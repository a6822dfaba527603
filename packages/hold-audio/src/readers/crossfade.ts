/**
 * Returns the seam that joins a clip's end to its beginning: its last samples fade out while its first fade in.
 *
 * The gains have equal power, corrected by how alike the two pieces are. Plain equal power keeps the level of unlike
 * pieces but raises alike ones by 3 dB in the middle, which is audible as a bump in a held tone.
 */
export function crossfade(tail: Int16Array, head: Int16Array): Float32Array {
  const likeness = Math.max(LEAST_LIKENESS, correlation(tail, head));
  const seam = new Float32Array(tail.length);
  for (let i = 0; i < seam.length; i += 1) {
    const angle = ((i + 0.5) / seam.length) * (Math.PI / 2);
    const [fall, rise] = [Math.cos(angle), Math.sin(angle)];
    const power = Math.sqrt(1 + 2 * likeness * fall * rise);
    seam[i] = ((tail[i] as number) * fall + (head[i] as number) * rise) / power;
  }
  return seam;
}

/** Limit of the correction: pieces that cancel each other out would need an infinite gain. */
const LEAST_LIKENESS = -0.8;

/** Distance in samples of the overlaps that are tried: a twelfth of a period of 1 kHz. */
const SEARCH_STEP = 4;

/**
 * Returns the number of samples of a clip's end and beginning to overlap, from `shortest` to `longest`: the length at
 * which the two are most alike. Out of phase, a held tone would cancel itself out in the middle of the crossfade.
 */
export function chooseOverlap(samples: Int16Array, shortest: number, longest: number): number {
  let [best, greatest] = [shortest, -Infinity];
  for (let overlap = shortest; overlap <= longest; overlap += SEARCH_STEP) {
    const likeness = correlation(samples.subarray(samples.length - overlap), samples.subarray(0, overlap));
    if (likeness > greatest) [best, greatest] = [overlap, likeness];
  }
  return best;
}

/** Returns the correlation from -1 to 1; 0 for silence. */
function correlation(a: Int16Array, b: Int16Array): number {
  let [product, energyA, energyB] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    const [x, y] = [a[i] as number, b[i] as number];
    product += x * y;
    energyA += x * x;
    energyB += y * y;
  }
  return energyA === 0 || energyB === 0 ? 0 : product / Math.sqrt(energyA * energyB);
}
