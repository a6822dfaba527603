/** A number with the visual separators of RFC 3966 section 5.1.1 and spaces of any width. */
const written = /^(?:tel:|(?=\+))(\+?[*#\p{Zs}().-]*\d[\d*#\p{Zs}().-]*)$/iu;
const separators = /[\p{Zs}().-]/gu;

/**
 * Removes `tel:` and the separators from a number that begins with `+` or `tel:`. Returns anything else, such as a SIP
 * user, unchanged.
 */
export function plainNumber(text: string): string {
  const [, number] = written.exec(text) ?? [];
  return number === undefined ? text : number.replaceAll(separators, '');
}
