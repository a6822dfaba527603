import { expect, test } from 'vitest';
import { A_LAW, MU_LAW } from '../../src/decode/g711.js';

/** The samples of these bytes, in units of 16 bit. */
const in16Bit = (table: Float32Array, bytes: number[]): number[] => bytes.map((byte) => (table[byte] ?? NaN) * 32_768);

/** The samples of all codes of one sign, from the quietest code to the loudest. */
const loudness = (table: Float32Array, unmask: number): number[] =>
  Array.from({ length: 128 }, (_, code) => table[(0x80 | code) ^ unmask] ?? NaN);

test('both laws of G.711 expand to the values of the standard', () => {
  // Silence, the smallest steps and the loudest, of either sign.
  expect(in16Bit(MU_LAW, [0xff, 0x7f, 0xfe, 0x7e, 0x80, 0x00])).toEqual([0, -0, 8, -8, 32_124, -32_124]);
  expect(in16Bit(A_LAW, [0xd5, 0x55, 0xd4, 0x54, 0xaa, 0x2a])).toEqual([8, -8, 24, -24, 32_256, -32_256]);
  // Within one sign, the louder the code the louder the sample: no segment is out of place.
  for (const rising of [loudness(A_LAW, 0x55), loudness(MU_LAW, 0x7f)]) {
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    expect(new Set(rising).size).toBe(128);
  }
});
