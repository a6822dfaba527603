import { expect, it } from 'vitest';
import { checkServer } from './support/check-server.ts';

/**
 * Shows how your own server answers, LiveKit Cloud or another one. Not part of any other test run:
 *
 * TEST_CLOUD=1 LIVEKIT_URL=… LIVEKIT_API_KEY=… LIVEKIT_API_SECRET=… npx vitest run
 */
it('LiveKit Cloud, or another server, merges calls', async () => {
  const { LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret } = process.env;
  if (!url || !apiKey || !apiSecret) throw new Error('set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET');
  const findings = await checkServer({ url, apiKey, apiSecret });
  const lines = findings.map(
    ({ what, assumed, found, tookMs }) => `${what}\n    assumed  ${assumed}\n    found    ${found} (${tookMs} ms)`,
  );
  process.stdout.write(`\n${lines.join('\n')}\n`);
  // Otherwise no caller would ever talk to a human agent there.
  expect(findings.find(({ what }) => what === '`auto`: the merge')?.found).toMatch(/^merged by/);
}, 120_000);
