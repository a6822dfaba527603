import { Room } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { LiveCall } from '../../src/call/call-controller.ts';
import type { Talk } from '../../src/call/call-media.ts';
import type { ConsultRoomError } from '../../src/index.ts';

const full = new Error('the disk is full');

describe('a call whose line changes', () => {
  it('warns of a mute that the server refuses on the new line, and continues', async () => {
    const warnings: ConsultRoomError[] = [];
    const seat = { room: new Room(), identity: 'somebody' };
    const talk: Talk = {
      by: 'bridge',
      seats: { caller: seat, human: seat },
      mute: () => Promise.resolve(),
      listen: () => () => undefined,
      statistics: () => Promise.reject(full),
      add: () => Promise.resolve(),
      remove: () => Promise.resolve(),
    };
    const call = new LiveCall(talk, { people: undefined, onWarning: (warning) => warnings.push(warning) });
    await call.mute('caller');
    await call.switchTo({ ...talk, by: 'move', mute: () => Promise.reject(full) });
    expect(call.by).toBe('move');
    expect(warnings).toMatchObject([{ code: 'server', cause: full }]);
  });
});
