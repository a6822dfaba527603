/** A-law (ITU-T G.711): one byte to a sample in units of 16 bit. */
function expandALaw(byte: number): number {
  const code = byte ^ 0x55;
  const segment = (code & 0x70) >> 4;
  const step = ((code & 0x0f) << 4) + (segment === 0 ? 8 : 0x108);
  const magnitude = segment > 1 ? step << (segment - 1) : step;
  return (code & 0x80) === 0 ? -magnitude : magnitude;
}

/** µ-law (ITU-T G.711): one byte to a sample in units of 16 bit. */
function expandMuLaw(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = ((((code & 0x0f) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84;
  return (code & 0x80) === 0 ? magnitude : -magnitude;
}

const createTable = (expand: (byte: number) => number): Float32Array =>
  Float32Array.from({ length: 256 }, (_, byte) => expand(byte) / 32_768);

/** Samples from -1 to 1 by their A-law byte. */
export const A_LAW: Float32Array = createTable(expandALaw);
/** Samples from -1 to 1 by their µ-law byte. */
export const MU_LAW: Float32Array = createTable(expandMuLaw);
