import { describe, expect, it } from 'vitest';
import { runOutage } from '../outage/run-outage.js';

// All stages and outages are in the long tests.
describe('an outage leaves no party in silence, and nothing behind:', () => {
  it('a restart of the server in the briefing, after which the hold audio or the AI is heard again', async () => {
    const result = await runOutage('briefing', 'server restart');
    expect(result).toMatchObject({ unserved: [], left: [] });
    expect(['talking', 'returned']).toContain(result.caller);
    // Wanted: 5 s, after which a client tries for the second time.
    expect(result.holdMs ?? result.voiceMs).toBeLessThan(25_000);
  }, 120_000);

  it('the loss of the room of a caller on hold, whose call is ended', async () => {
    const result = await runOutage('ringing', 'caller room lost');
    expect(result).toMatchObject({ status: 'aborted', caller: 'left', unserved: [], left: [] });
  }, 120_000);
});
