import { givenOf } from '@org/support';

/** How the human agent's phone calls into the caller room in a promotion. */
export interface RejoinOptions {
  /** The address at which phones reach LiveKit's SIP gateway: `sip:host`, `sip:host:port;transport=tcp`. It is never guessed. */
  readonly gateway: string;
  /** Addresses (IP or CIDR) that may call the one-time number: those of your PBX or trunk. Default any. */
  readonly allowedAddresses?: readonly string[] | undefined;
  /**
   * Whether the number of the human agent's new leg is hidden from others in the caller room, such as a caller in a
   * browser, except for its last four digits in the participant's name. False: the attribute `sip.phoneNumber` has the
   * number that the leg in the consult room shows. The identity is a hash in both cases. Default true.
   */
  readonly hidePhoneNumber?: boolean | undefined;
  /** How long the phone may take to call and be connected, in milliseconds; whole seconds. Default 15 000. */
  readonly timeoutMs?: number | undefined;
  /** Timeout of each request that creates or deletes the number, in milliseconds. Default 5 000. */
  readonly requestTimeoutMs?: number | undefined;
}

/** Valid options, with the defaults. */
export type ParsedRejoinOptions = { readonly [Key in keyof RejoinOptions]-?: NonNullable<RejoinOptions[Key]> };

const defaults = { hidePhoneNumber: true, timeoutMs: 15_000, requestTimeoutMs: 5_000 };

/** Adds the defaults to valid options. */
export function parseRejoinOptions(options: RejoinOptions): ParsedRejoinOptions {
  return { ...defaults, ...givenOf(options), allowedAddresses: [...(options.allowedAddresses ?? [])] };
}
