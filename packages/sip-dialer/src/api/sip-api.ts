import type { CreateSipParticipantOptions, TransferSipParticipantOptions } from 'livekit-server-sdk';

/** A trunk given with the call: the SDK's `SIPOutboundConfig`, as a plain object. */
export interface SipApiConnection {
  readonly hostname?: string;
  readonly destinationCountry?: string;
  /** 0 automatic, 1 UDP, 2 TCP, 3 TLS. */
  readonly transport?: number;
  readonly authUsername?: string;
  readonly authPassword?: string;
  readonly headersToAttributes?: { [header: string]: string };
  readonly attributesToHeaders?: { [attribute: string]: string };
  readonly fromHost?: string;
}

/** The server's response to a dial. */
export interface SipApiParticipant {
  readonly participantId: string;
  readonly participantIdentity: string;
  readonly sipCallId: string;
}

/** The methods that the dialer uses of the SDK's `SipClient`. */
export interface SipApi {
  createSipParticipant(
    trunkId: string,
    number: string,
    roomName: string,
    options?: CreateSipParticipantOptions,
    connection?: SipApiConnection,
  ): Promise<SipApiParticipant>;
  /** Needed only by `coldTransfer()`. */
  transferSipParticipant?(
    roomName: string,
    identity: string,
    to: string,
    options?: TransferSipParticipantOptions,
  ): Promise<void>;
}
