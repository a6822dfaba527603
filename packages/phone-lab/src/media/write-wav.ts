/** A WAV file of mono 16-bit samples. */
export function wavFile(pcm: Int16Array, sampleRate: number): Uint8Array {
  const header = 44;
  const file = new Uint8Array(header + pcm.length * 2);
  const view = new DataView(file.buffer);
  const text = (at: number, value: string): void => void new TextEncoder().encodeInto(value, file.subarray(at));
  text(0, 'RIFF');
  view.setUint32(4, file.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, pcm.length * 2, true);
  for (let i = 0; i < pcm.length; i += 1) view.setInt16(header + i * 2, pcm[i] ?? 0, true);
  return file;
}
