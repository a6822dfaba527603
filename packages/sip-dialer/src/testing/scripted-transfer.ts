import { deferred } from '@org/support';
import type { Clock } from '../clock.js';
import {
  noSipSession,
  noSuchParticipant,
  referUnheard,
  requestDeadline,
  transferFailure,
} from './scripted-failures.js';
import type { ScriptedLeg } from './scripted-room.js';

/** The behavior of a phone that is asked by REFER to call a target. */
export type ScriptedTransfer =
  /** Reaches the target, and leaves the room. Default 30 ms. */
  | { readonly does: 'go'; readonly afterMs?: number }
  /** Answers the REFER with a SIP status. */
  | { readonly does: 'refuse'; readonly sipStatusCode: number }
  /** Accepts (202), and later reports by NOTIFY that the target did not answer. */
  | { readonly does: 'accept-and-fail'; readonly sipStatusCode: number; readonly afterMs?: number }
  /** Leaves, but the gateway misses its response: the server reports `canceled`, and the leg is not ended. */
  | { readonly does: 'go-unheard' }
  /** Never responds. */
  | { readonly does: 'nothing' };

export interface ScriptedTransferParts {
  readonly clock: Clock;
  readonly leg: ScriptedLeg | undefined;
  readonly phone: ScriptedTransfer;
  readonly ringingTimeoutS: number;
  /** Ends the leg of a phone that has reached the target. */
  readonly leave: (leg: ScriptedLeg) => void;
}

/** Simulates a transfer as server and gateway carry it out. */
export function scriptTransfer({ clock, leg, phone, ringingTimeoutS, leave }: ScriptedTransferParts): Promise<void> {
  if (leg === undefined) return Promise.reject(noSuchParticipant());
  if (leg.attributes['sip.callID'] === undefined) return Promise.reject(noSipSession());
  const response = deferred<void>();
  switch (phone.does) {
    case 'go':
      clock.after(phone.afterMs ?? 30, () => {
        response.resolve();
        leave(leg);
      });
      break;
    case 'refuse':
      clock.after(10, () => response.reject(transferFailure(phone.sipStatusCode, { accepted: false })));
      break;
    case 'accept-and-fail':
      clock.after(phone.afterMs ?? 500, () =>
        response.reject(transferFailure(phone.sipStatusCode, { accepted: true })),
      );
      break;
    case 'go-unheard':
      clock.after(500, () => response.reject(referUnheard()));
      break;
    default:
      clock.after(ringingTimeoutS * 1000, () => response.reject(requestDeadline()));
  }
  return response.promise;
}
