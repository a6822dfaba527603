/** A number, with what may stand in it: the visual separators of RFC 3966 section 5.1.1, and spaces of any width. */
const written = /^(?:tel:|(?=\+))(\+?[*#\p{Zs}().-]*\d[\d*#\p{Zs}().-]*)$/iu;
const separators = /[\p{Zs}().-]/gu;

/**
 * Returns a number that begins with `+` or `tel:` as it is dialed: without `tel:`, and without the separators that people write.
 * Returns anything else, such as a SIP user, as it is.
 */
export function plainNumber(text: string): string {
  const [, number] = written.exec(text) ?? [];
  return number === undefined ? text : number.replaceAll(separators, '');
}
