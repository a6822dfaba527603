/**
 * The piece that joins a clip's end to its beginning: its last samples fade out while its first fade in.
 *
 * The gains have equal power, corrected by how alike the two pieces are. Plain equal power keeps the level of unlike
 * pieces but raises alike ones by 3 dB in the middle, which is audible as a bump in a held tone.
 */
export function crossfade(tail: Int16Array, head: Int16Array): Float32Array {
  const likeness = correlation(tail, head);
  const seam = new Float32Array(tail.length);
  for (let i = 0; i < seam.length; i += 1) {
    const angle = ((i + 0.5) / seam.length) * (Math.PI / 2);
    const [fall, rise] = [Math.cos(angle), Math.sin(angle)];
    const power = Math.sqrt(1 + 2 * likeness * fall * rise);
    seam[i] = ((tail[i] as number) * fall + (head[i] as number) * rise) / power;
  }
  return seam;
}

/** From -0.8 to 1: pieces that cancel each other out cannot be helped by a gain without end. */
function correlation(a: Int16Array, b: Int16Array): number {
  let [product, energyA, energyB] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    const [x, y] = [a[i] as number, b[i] as number];
    product += x * y;
    energyA += x * x;
    energyB += y * y;
  }
  if (energyA === 0 || energyB === 0) return 0;
  return Math.max(-0.8, product / Math.sqrt(energyA * energyB));
}
