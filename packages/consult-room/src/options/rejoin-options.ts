import { givenOf } from '@org/support';

export interface RejoinOptions {
  /** Where phones reach LiveKit's SIP gateway: `sip:host`, `sip:host:port;transport=tcp`. It is never guessed. */
  readonly gateway: string;
  /** Addresses (IP or CIDR) from which calls to the one-time number are taken: those of your PBX or trunk. Default any. */
  readonly allowedAddresses?: readonly string[] | undefined;
  /**
   * Whether others in the caller's room, such as a caller in a browser, don't see the number of the human agent's new
   * line, except for its last four digits in the participant's name. False: attribute `sip.phoneNumber` has the number
   * that the leg in the consult room shows. The identity is a hash in both cases. Default true.
   */
  readonly hidePhoneNumber?: boolean | undefined;
  /** How long the phone may take to call and be connected. Whole seconds. Default 15 000. */
  readonly timeoutMs?: number | undefined;
  /** Limit of each request that makes or deletes the number. Default 5 000. */
  readonly requestTimeoutMs?: number | undefined;
}

export type ResolvedRejoinOptions = { readonly [Key in keyof RejoinOptions]-?: NonNullable<RejoinOptions[Key]> };

export const rejoinDefaults: Readonly<{
  hidePhoneNumber: boolean;
  timeoutMs: number;
  requestTimeoutMs: number;
}> = Object.freeze({
  hidePhoneNumber: true,
  timeoutMs: 15_000,
  requestTimeoutMs: 5_000,
});

/** The defaults of valid options filled in. */
export function resolveRejoinOptions(options: RejoinOptions): ResolvedRejoinOptions {
  return { ...rejoinDefaults, ...givenOf(options), allowedAddresses: [...(options.allowedAddresses ?? [])] };
}
