import { type RemoteParticipant, type Room, RoomEvent } from '@livekit/rtc-node';

export interface DtmfRelayOptions {
  readonly from: Room;
  /** The participant whose key presses are relayed. */
  readonly identity: string;
  readonly to: Room;
  readonly isOpen: () => boolean;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Relays the key presses of one participant to the other room, as DTMF, while the gate is open. Returns the function
 * that stops it.
 */
export function relayDtmf(options: DtmfRelayOptions): () => void {
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
