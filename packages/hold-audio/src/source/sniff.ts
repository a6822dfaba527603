const text = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);

/** Whether these may be the first bytes of a WAV that this package decodes itself. */
export function isWav(head: Uint8Array): boolean {
  const [riff, wave] = [text(head, 0, 4), text(head, 8, 12)];
  return ['RIFF', 'RIFX'].some((name) => name.startsWith(riff)) && 'WAVE'.startsWith(wave);
}

/** Whether these are the first bytes of a page, such as a server sends in place of a file, or of other data in words. */
export function isMarkup(head: Uint8Array): boolean {
  return /^(?:\u00EF\u00BB\u00BF)?\s*[<{[]/.test(text(head, 0, 256));
}
