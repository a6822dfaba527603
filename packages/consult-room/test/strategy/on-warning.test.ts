import { describe, expect, it, vi } from 'vitest';
import { createMerge } from '../../src/index.ts';
import { InMemoryRoomService } from '../../src/testing.ts';
import { NamedRoom } from '../support/named-room.ts';
import { processWarnings } from '../support/process-warnings.ts';

const full = new Error('the disk is full');

describe('onWarning', () => {
  it('may throw, and the merge falls back to the bridge nevertheless', async () => {
    using seen = processWarnings();
    const participants = new InMemoryRoomService();
    participants.addParticipant('consult', { identity: 'human', kind: 3 });
    const merge = createMerge({
      callerRoom: new NamedRoom('caller'),
      callerIdentity: 'caller',
      consultRoom: new NamedRoom('consult'),
      humanIdentity: 'human',
      strategy: 'auto',
      server: { url: 'ws://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' },
      supportsMove: true,
      participants,
      onWarning: () => {
        throw full;
      },
    });
    participants.failNext('moveParticipant', new Error('something broke'));
    // The rooms of this test are not connected, which only the bridge needs.
    expect(await merge.merge()).toMatchObject({ merged: false, reason: 'media', error: { code: 'media' } });
    await merge.close();
    await vi.waitFor(() => expect(seen.warnings).toMatchObject([{ code: 'handler-failed', cause: full }]));
  });
});
