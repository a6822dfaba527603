import { expect, it } from 'vitest';
import { createRoom } from '../../src/room/create-room.js';

interface RoomInternals {
  onFfiEvent(event: { message: { case: string } }): Promise<void> | undefined;
  readonly preConnectEvents: readonly { readonly message: { readonly case: string } }[];
}

it('hands a consult room all that rtc-node reports, and none of the frames of the process', async () => {
  // A room that is not connected keeps all that it is handed.
  const room = createRoom() as unknown as RoomInternals;
  for (const name of ['audioStreamEvent', 'roomEvent', 'captureAudioFrame', 'rpcMethodInvocation', 'connect']) {
    await room.onFfiEvent({ message: { case: name } });
  }
  const handed = room.preConnectEvents.map(({ message }) => message.case);
  expect(handed).toEqual(['roomEvent', 'rpcMethodInvocation', 'connect']);
});
