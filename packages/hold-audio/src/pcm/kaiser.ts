/** Zeroth-order modified Bessel function of the first kind, by its power series. */
function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** Entries of a window's table: linear between them it is exact to some 120 dB. */
const ENTRIES = 4096;

/**
 * Returns the Kaiser window over -1 to 1 as a function; `beta` 8 puts the stop band about 80 dB down. The window is
 * looked up in a table, since rates without a common divisor need thousands of filter rows. Most need few of its
 * entries: each is computed on first use.
 */
export function kaiserWindow(beta: number): (x: number) => number {
  const peak = besselI0(beta);
  // The window is nowhere 0: an entry of 0 has not been computed yet.
  const table = new Float64Array(ENTRIES + 1);
  const entry = (i: number): number => {
    if (table[i] === 0) table[i] = besselI0(beta * Math.sqrt(1 - (i / ENTRIES) ** 2)) / peak;
    return table[i] as number;
  };
  return (x) => {
    const place = Math.abs(x) * ENTRIES;
    if (place >= ENTRIES) return 0;
    const index = Math.floor(place);
    const here = entry(index);
    return here + (entry(index + 1) - here) * (place - index);
  };
}
