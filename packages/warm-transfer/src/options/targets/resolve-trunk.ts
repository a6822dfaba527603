import type { SipConnection } from '@org/sip-dialer';

/** A call goes out over one carrier: a stored trunk (or that of the environment), or a connection given with the call. */
export type OneCarrier =
  | { readonly sipTrunkId?: string | null | undefined; readonly sipConnection?: undefined }
  | { readonly sipTrunkId?: null | undefined; readonly sipConnection: SipConnection };

type Carrier = Pick<OneCarrier, 'sipTrunkId' | 'sipConnection'>;

/** Over what a target is called: its own trunk or connection, else that of the options. Neither: what the environment says. */
export function carrierFor(options: Carrier, target: Carrier): Carrier {
  return target.sipTrunkId != null || target.sipConnection !== undefined ? target : options;
}
