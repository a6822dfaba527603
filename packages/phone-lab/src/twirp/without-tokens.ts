/** Removes access tokens from a message, since they permit joining. */
export function withoutTokens(text: string): string {
  return text.replaceAll(/\beyJ[\w-]*(?:\.[\w-]*)*/g, '<token>');
}
