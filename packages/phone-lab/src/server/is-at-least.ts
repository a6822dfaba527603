/** Whether a version, such as `1.13.5`, is the wanted one or a later one. */
export function isAtLeast(version: string, wanted: string): boolean {
  return version.localeCompare(wanted, 'en', { numeric: true }) >= 0;
}
