import { invalid, wholeSeconds, wholeNumber } from '../support/validate.js';

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

export function resolveRejoinOptions(options: RejoinOptions): ResolvedRejoinOptions {
  if (!/^sips?:[\w.\-[\]:]+(?:;[\w=.;-]+)?$/.test(options.gateway)) {
    throw invalid('rejoin.gateway', "must be an address without a user, such as 'sip:host:5060;transport=tcp'");
  }
  const d = rejoinDefaults;
  const { hidePhoneNumber = d.hidePhoneNumber } = options;
  if (typeof hidePhoneNumber !== 'boolean') throw invalid('rejoin.hidePhoneNumber', 'must be true or false');
  return {
    gateway: options.gateway,
    allowedAddresses: [...(options.allowedAddresses ?? [])],
    hidePhoneNumber,
    timeoutMs: wholeSeconds(options.timeoutMs ?? d.timeoutMs, 'rejoin.timeoutMs'),
    requestTimeoutMs: wholeNumber(options.requestTimeoutMs ?? d.requestTimeoutMs, 'rejoin.requestTimeoutMs', 1),
  };
}

/** The address of one number at the gateway. */
export function numberAt(gateway: string, number: string): string {
  return gateway.replace(/^(sips?:)/, `$1${number}@`);
}
