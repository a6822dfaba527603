import type { HeaderMapping, Headers } from './header-attributes.js';

/** An outbound call as the SIP API asks for it, checked. */
export interface DialRequest {
  readonly number: string;
  readonly fromNumber: string;
  /** Empty if the request brought its trunk along. */
  readonly trunkId: string;
  readonly hostname: string;
  readonly roomName: string;
  readonly identity: string;
  readonly name: string;
  readonly metadata: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly hidePhoneNumber: boolean;
  readonly dtmf: string;
  readonly playDialtone: boolean;
  readonly ringLimitMs: number;
  readonly callLimitMs: number | undefined;
  /** Of the INVITE. */
  readonly headers: Headers;
  /** The handling of the headers of the answer. */
  readonly mapping: HeaderMapping;
  /** Header by attribute, for requests to the phone in the call. */
  readonly attributesToHeaders: Headers;
  /** Whether the trunk has a user and a password. */
  readonly hasPassword: boolean;
}

/** The attributes of the participant from the start. */
export function outboundAttributes(request: DialRequest, sipCallId: string): Record<string, string> {
  return {
    ...request.attributes,
    'sip.callID': sipCallId,
    ...(request.trunkId !== '' && { 'sip.trunkID': request.trunkId }),
    ...(!request.hidePhoneNumber && {
      'sip.phoneNumber': request.number,
      'sip.hostname': request.hostname,
      'sip.trunkPhoneNumber': request.fromNumber,
    }),
  };
}
