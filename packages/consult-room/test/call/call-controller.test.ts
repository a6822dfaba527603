import { Room } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { CallController } from '../../src/call/call-controller.ts';
import type { CallMedia } from '../../src/call/call-media.ts';
import type { ConsultRoomError } from '../../src/index.ts';

const full = new Error('the disk is full');

describe('a call whose media change', () => {
  it('warns of a mute that the server rejects for the new media, and continues', async () => {
    const warnings: ConsultRoomError[] = [];
    const location = { room: new Room(), identity: 'somebody' };
    const media: CallMedia = {
      by: 'bridge',
      locations: { caller: location, human: location },
      mute: () => Promise.resolve(),
      listen: () => () => undefined,
      statistics: () => Promise.reject(full),
      addSpeaker: () => Promise.resolve(),
      removeSpeaker: () => Promise.resolve(),
    };
    const call = new CallController(media, { participants: undefined, onWarning: (warning) => warnings.push(warning) });
    await call.mute('caller');
    await call.switchTo({ ...media, by: 'move', mute: () => Promise.reject(full) });
    expect(call.by).toBe('move');
    expect(warnings).toMatchObject([{ code: 'server', cause: full }]);
  });
});
