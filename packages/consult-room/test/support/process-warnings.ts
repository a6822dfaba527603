/** Records the warnings of this process until it is disposed of. */
export function processWarnings(): { readonly warnings: readonly Error[] } & Disposable {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  return { warnings, [Symbol.dispose]: () => process.off('warning', note) };
}
