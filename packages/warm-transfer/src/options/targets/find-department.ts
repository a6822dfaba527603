/**
 * Returns the department that was named: its name in any spelling of case and spaces, or the only name that occurs in
 * the words ("try the billing department").
 */
export function findDepartment(names: readonly string[], said: string): string | undefined {
  const wanted = words(said);
  const exact = names.find((name) => words(name) === wanted);
  if (exact !== undefined) return exact;
  const within = names.filter((name) => words(name) !== '' && ` ${wanted} `.includes(` ${words(name)} `));
  return within.length === 1 ? within[0] : undefined;
}

function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
