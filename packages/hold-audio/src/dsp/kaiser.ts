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
 * The Kaiser window over -1 to 1 as a function; `beta` 8 puts the stop band some 80 dB down. It looks the window up in
 * a table: rates without a common divisor need thousands of filter rows.
 */
export function kaiserWindow(beta: number): (x: number) => number {
  const peak = besselI0(beta);
  const table = new Float64Array(ENTRIES + 1).map((_, i) => besselI0(beta * Math.sqrt(1 - (i / ENTRIES) ** 2)) / peak);
  return (x) => {
    const place = Math.abs(x) * ENTRIES;
    if (place >= ENTRIES) return 0;
    const index = Math.floor(place);
    const [here, next] = [table[index] as number, table[index + 1] as number];
    return here + (next - here) * (place - index);
  };
}
