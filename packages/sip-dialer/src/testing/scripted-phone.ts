import type { ScriptedTransfer } from './scripted-transfer.js';

/** The behavior of a scripted phone when it is called. All times are in milliseconds after the request. */
export type ScriptedPhone = ScriptedPhoneBehavior & ScriptedPhoneTiming;

export type ScriptedPhoneBehavior =
  | {
      readonly does: 'answer';
      readonly afterMs: number;
      /** When it hangs up after the answer; noticed after the last key of the dial. */
      readonly hangsUpAfterMs?: number;
      /** Its behavior when it is cold-transferred. Default: it reaches the target. */
      readonly onRefer?: ScriptedTransfer;
    }
  | {
      readonly does: 'reject';
      readonly sipStatusCode: number;
      readonly afterMs: number;
      /** `false`: the network rejects the call before the phone rings. */
      readonly rings?: false;
    }
  /** Rings until the dial ends. */
  | { readonly does: 'ring' }
  /** There is nothing at that address. */
  | { readonly does: 'nothing' };

export interface ScriptedPhoneTiming {
  /** When the leg joins the room. Default 30. */
  readonly joinsAfterMs?: number;
  /** How long its media takes to connect after that; if removed before, the leg joins again 15 s later. Default 3. */
  readonly connectsInMs?: number;
  /** When it begins to ring. Default 35. */
  readonly ringsAfterMs?: number;
  /** How long the server's response to the request takes. Default 2. */
  readonly responseMs?: number;
  /**
   * The fate of the request to dial, independent of the phone: it `hangs` forever, its connection is lost after some time
   * (`onItsWay`: before it arrived), the server responds with an error (HTTP 500), a proxy before the server times out and
   * responds with a page of its own with this status, or it never arrives. Default: the server responds.
   */
  readonly request?:
    | 'hangs'
    | 'unreachable'
    | { readonly lostAfterMs: number; readonly onItsWay?: boolean }
    | { readonly failsAfterMs: number }
    | { readonly proxyAfterMs: number; readonly httpStatus: number };
}
