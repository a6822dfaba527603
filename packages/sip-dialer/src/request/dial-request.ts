import type { WatchableRoom } from '../api/watchable-room.js';
import type { NumberCheck } from './check-number.js';

/** One call to place. The dialer removes only the leg that it dialed; the owner of the room deletes the room. */
export interface DialRequest {
  /**
   * Phone number, SIP user part, `tel:` URI, or `sip:` URI. A `sip:` URI with a host needs an inline `connection`. Of a number that
   * begins with `+` or `tel:` the separators (RFC 3966: `-.()`) and spaces are removed; anything else is dialed unchanged.
   */
  readonly to: string;
  /** How strictly the number or user part of `to` is checked: `strict` accepts only E.164 numbers, for numbers that a model chose: no short codes, no feature codes. Default `lenient`. */
  readonly numberCheck?: NumberCheck | undefined;
  /**
   * Country of a number that is given as people there write it (`030 123456`), by ISO 3166-1 alpha-2: it is dialed in E.164
   * form, which the outcome reports as `dialedNumber`. A URI with a host is not changed. Needs the package
   * `libphonenumber-js`. Default: none, `to` is dialed unchanged.
   */
  readonly defaultCountry?: string | undefined;
  /** Room that the phone joins; created by the server when it does not exist. */
  readonly roomName: string;
  /** Identity of the phone in the room. Use a new one for every attempt: a second participant with the same identity disconnects the first. */
  readonly participantIdentity: string;
  readonly participantName?: string | undefined;
  readonly participantMetadata?: string | undefined;
  readonly participantAttributes?: Readonly<Record<string, string>> | undefined;
  /** Id of a stored outbound trunk. Either this or `connection`. `null` counts as absent. */
  readonly trunkId?: string | null | undefined;
  /** Trunk given with the call. Either this or `trunkId`. `null` counts as absent. */
  readonly connection?: SipConnection | null | undefined;
  /** The caller's number, as the phone shows it. Default: a number of the stored trunk. */
  readonly callerId?: string | undefined;
  /** The caller's name, as the phone shows it. Default: the number; `''` sends no name. */
  readonly displayName?: string | undefined;
  /** Extra headers of the INVITE. Those that make up the call itself (Via, To, Contact, …) are rejected. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** DTMF to send after the answer: `0-9 * # A-D`, `w` waits 0.5 s; spaces, dots and hyphens are ignored; at most 120 s, 0.52 s per key. The call counts as answered when all keys are played. */
  readonly dtmf?: string | undefined;
  /** How long to wait for the answer, in milliseconds from the request on; 1000 to 600000, fractions of a second are kept. Default 30000. */
  readonly ringingTimeoutMs?: number | undefined;
  /** When the server ends the call, in milliseconds; 1000 to 86400000, rounded up to whole seconds. Default: the server's 24 h. */
  readonly maxCallDurationMs?: number | undefined;
  /** Noise cancellation on the phone's audio (LiveKit Cloud). Default false. */
  readonly krispEnabled?: boolean | undefined;
  /** Plays a dial tone into the room until the answer. Default false. */
  readonly playDialtone?: boolean | undefined;
  /** Keeps phone numbers out of the participant's attributes. Default false. */
  readonly hidePhoneNumber?: boolean | undefined;
  /** Which headers of the phone's answer (SIP 200) become attributes `sip.h.*` of the participant: none, `X-…` only, or all. Default `none`. */
  readonly includeHeaders?: 'none' | 'x' | 'all' | undefined;
  /** Codecs, encryption and timeout of the call's media. Default: as the trunk says. */
  readonly media?: SipMedia | undefined;
  /** Short for `media: { encryption }`. */
  readonly mediaEncryption?: MediaEncryption | undefined;
  /**
   * A joined room of `@livekit/rtc-node` in which to observe the phone, or a promise of one. The dialer does not close it.
   * Without it, or if it is lost, the participant list is polled, and `sendDtmf()` fails.
   */
  readonly watch?: WatchableRoom | Promise<WatchableRoom> | undefined;
}

type MediaEncryption = 'disable' | 'allow' | 'require';

/** The call's media, with the SDK's names; `encryption` by name. */
export interface SipMedia {
  /** SRTP. Default: as the trunk says. */
  readonly encryption?: MediaEncryption | undefined;
  /** Codecs to offer besides the server's own, such as `{ name: 'PCMU', rate: 8000 }`. */
  readonly codecs?: readonly { readonly name: string; readonly rate: number }[] | undefined;
  /** Offers `codecs` and no others. Default false. */
  readonly onlyListedCodecs?: boolean | undefined;
  /** How long the call may be without media before the server ends it, in milliseconds; 1000 to 3600000. Default: the server's. */
  readonly mediaTimeoutMs?: number | undefined;
}

/** An inline trunk, with the SDK's names; `transport` by name. */
export interface SipConnection {
  /** Host name or address of the SIP server, optionally with a port. May come from a `sip:` URI in `to` instead. */
  readonly hostname?: string;
  /** Default `auto`. */
  readonly transport?: 'auto' | 'udp' | 'tcp' | 'tls';
  readonly authUsername?: string;
  readonly authPassword?: string;
  /** ISO 3166-1 alpha-2. */
  readonly destinationCountry?: string;
  readonly headersToAttributes?: Readonly<Record<string, string>>;
  readonly attributesToHeaders?: Readonly<Record<string, string>>;
  readonly fromHost?: string;
}
