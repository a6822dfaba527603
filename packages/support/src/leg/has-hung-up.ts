/** LiveKit's `DisconnectReason.CLIENT_INITIATED`: the client left on purpose. */
const clientInitiated = 1;

/**
 * Whether a participant who left a room ended the call, and was not lost. A phone that hangs up shows `hangup` as its
 * `sip.callStatus`, and leaves on purpose; of a fast one only the latter is seen. A lost one has neither.
 */
export function hasHungUp(disconnectReason: number | undefined, callStatus: string | undefined): boolean {
  return callStatus === 'hangup' || disconnectReason === clientInitiated;
}
