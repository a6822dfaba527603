import { expect, it } from 'vitest';
import { createRoom } from '../../src/media/rtc-internals.js';

interface RoomInternals {
  onFfiEvent(event: { message: { case: string } }): Promise<void> | undefined;
  readonly preConnectEvents: readonly { readonly message: { readonly case: string } }[];
}

it("createRoom() hands a phone's room the events of rooms, and none of the frames of the process", async () => {
  // A room that is not connected keeps all that it is handed.
  const room = createRoom() as unknown as RoomInternals;
  for (const name of ['audioStreamEvent', 'roomEvent', 'captureAudioFrame', 'rpcMethodInvocation', 'connect']) {
    await room.onFfiEvent({ message: { case: name } });
  }
  expect(room.preConnectEvents.map(({ message }) => message.case)).toEqual(['roomEvent', 'rpcMethodInvocation']);
});
