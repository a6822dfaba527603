import { startPhoneLab } from '@org/phone-lab';
import { expect, it } from 'vitest';
import { checkServer } from '../support/check-server.ts';

// The check is for LiveKit Cloud, where no test runs it.
it('the check of a server finds out how a server merges, and leaves no room behind', async () => {
  await using lab = await startPhoneLab();
  const { url, apiKey, apiSecret } = lab;
  const findings = await checkServer({ url, apiKey, apiSecret });
  expect(findings.map(({ what, found }) => `${what}: ${found}`)).toEqual(
    expect.arrayContaining([
      'listRooms: a room that is not there: []',
      '`auto`: the merge: merged by bridge',
      'the caller room then lists: ai-agent, caller',
      'a sweep keeps the consult room, because of: agent',
      'closing the consult room: clean',
    ]),
  );
}, 60_000);
