import type { SipConnection } from '@org/sip-dialer';

/** The trunk of a call: a stored trunk (or that of the environment), or a connection given with the call. */
export type TrunkOrConnection =
  | { readonly sipTrunkId?: string | null | undefined; readonly sipConnection?: undefined }
  | { readonly sipTrunkId?: null | undefined; readonly sipConnection: SipConnection };

type TrunkChoice = Pick<TrunkOrConnection, 'sipTrunkId' | 'sipConnection'>;

/** Returns the trunk or connection of a target, else that of the options. Neither: that of the environment. */
export function resolveTrunk(options: TrunkChoice, target: TrunkChoice): TrunkChoice {
  return target.sipTrunkId != null || target.sipConnection !== undefined ? target : options;
}
