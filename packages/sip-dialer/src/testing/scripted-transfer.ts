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

/** What a phone does when it is asked by REFER to call somebody else. */
export type ScriptedTransfer =
  /** Reaches the target, and leaves the room. Default 30 ms. */
  | { readonly does: 'go'; readonly afterMs?: number }
  /** Answers the REFER with a SIP status. */
  | { readonly does: 'refuse'; readonly sipStatusCode: number }
  /** Answers 202, and tells later by NOTIFY that the target did not take the call. */
  | { readonly does: 'try-in-vain'; readonly sipStatusCode: number; readonly afterMs?: number }
  /** Goes, but the gateway overhears its response: the server says `canceled`, and nobody ends the leg. */
  | { readonly does: 'go-unheard' }
  /** Never answers. */
  | { readonly does: 'nothing' };

export interface ScriptedTransferParts {
  readonly clock: Clock;
  readonly leg: ScriptedLeg | undefined;
  readonly phone: ScriptedTransfer;
  readonly ringingTimeoutS: number;
  /** The phone is through with us. */
  readonly leave: (leg: ScriptedLeg) => void;
}

/** Carries out a transfer as the server and the gateway do. */
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
    case 'try-in-vain':
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
