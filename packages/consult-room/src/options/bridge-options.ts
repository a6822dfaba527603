import type { Room } from '@livekit/rtc-node';
import type { ConsultRoomError } from '../consult-room-error.js';

export interface BridgeOptions {
  /** The connected room of the caller, such as a job's own. It is neither disconnected nor taken over. */
  readonly callerRoom: Room;
  readonly callerIdentity: string;
  /** The connected consult room. */
  readonly consultRoom: Room;
  readonly humanIdentity: string;
  /** How long `merge()` waits for the proof that audio flows. Default 2 000. */
  readonly proofTimeoutMs?: number | undefined;
  /** Limit of releasing a track in `close()`. Default 2 000. */
  readonly closeTimeoutMs?: number | undefined;
  /**
   * Called with errors that do not end the merge: a key press or a frame that did not get through, a listener that
   * threw. What it throws itself is reported once, as a warning of the process.
   */
  readonly onWarning?: ((error: ConsultRoomError) => void) | undefined;
}

export const bridgeDefaults: Readonly<{ proofTimeoutMs: number; closeTimeoutMs: number }> = Object.freeze({
  proofTimeoutMs: 2_000,
  closeTimeoutMs: 2_000,
});

export type ResolvedBridgeOptions = {
  readonly [Key in keyof BridgeOptions]-?: NonNullable<BridgeOptions[Key]>;
};
