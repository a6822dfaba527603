/** Imports one module, and prints what that cost. */
const [, , module = ''] = process.argv;
const rssBefore = process.memoryUsage.rss();
const startedAt = performance.now();
await import(module);
const ms = performance.now() - startedAt;
const mb = (process.memoryUsage.rss() - rssBefore) / 2 ** 20;
process.stdout.write(`${JSON.stringify({ ms, mb })}\n`);
// The native media library would keep the process alive.
process.exit();
