import { expect, it } from 'vitest';
import { createRoom } from '../../src/room/create-room.js';

interface RoomInternals {
  onFfiEvent(event: { message: { case: string } }): Promise<void> | undefined;
  readonly preConnectEvents: readonly { readonly message: { readonly case: string } }[];
}

it('createRoom() passes all events of rtc-node to a consult room, except the audio frames of the process', async () => {
  // A room that is not connected keeps all events that it receives.
  const room = createRoom() as unknown as RoomInternals;
  for (const name of ['audioStreamEvent', 'roomEvent', 'captureAudioFrame', 'rpcMethodInvocation', 'connect']) {
    await room.onFfiEvent({ message: { case: name } });
  }
  const handed = room.preConnectEvents.map(({ message }) => message.case);
  expect(handed).toEqual(['roomEvent', 'rpcMethodInvocation', 'connect']);
});
