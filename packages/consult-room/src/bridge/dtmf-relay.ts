import { RoomEvent } from '@livekit/rtc-node';
import type { RemoteParticipant, Room } from '@livekit/rtc-node';

export interface KeyRelayOptions {
  readonly from: Room;
  /** Whose key presses are relayed. */
  readonly identity: string;
  readonly to: Room;
  readonly isOpen: () => boolean;
  readonly onFailure: (error: unknown) => void;
}

/** Passes the keys (DTMF) that one person presses on to the other room while the gate is open. Returns the stop. */
export function relayKeys(options: KeyRelayOptions): () => void {
  const { from, identity, to, isOpen, onFailure } = options;
  // A later key must not overtake an earlier one.
  let last = Promise.resolve();
  const pass = async (earlier: Promise<void>, code: number, digit: string): Promise<void> => {
    await earlier;
    try {
      if (isOpen()) await to.localParticipant?.publishDtmf(code, digit);
    } catch (error) {
      onFailure(error);
    }
  };
  const onKey = (code: number, digit: string, participant: RemoteParticipant | undefined): void => {
    if (participant?.identity !== identity || !isOpen()) return;
    last = pass(last, code, digit);
  };
  from.on(RoomEvent.DtmfReceived, onKey);
  return () => {
    from.off(RoomEvent.DtmfReceived, onKey);
  };
}
