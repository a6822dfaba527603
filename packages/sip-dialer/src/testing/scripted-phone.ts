import type { ScriptedTransfer } from './scripted-transfer.js';

/** What a scripted phone does when it is called. All times count in milliseconds from the request on. */
export type ScriptedPhone = ScriptedPhoneBehavior & ScriptedPhoneTiming;

export type ScriptedPhoneBehavior =
  | {
      readonly does: 'answer';
      readonly afterMs: number;
      /** After the answer; noticed when the keys of the dial are through. */
      readonly hangsUpAfterMs?: number;
      /** When it is sent elsewhere. Default: it goes. */
      readonly onRefer?: ScriptedTransfer;
    }
  | {
      readonly does: 'reject';
      readonly sipStatusCode: number;
      readonly afterMs: number;
      /** `false`: the network refuses before the phone rings. */
      readonly rings?: false;
    }
  /** Rings until somebody gives up. */
  | { readonly does: 'ring' }
  /** There is nothing at that address. */
  | { readonly does: 'nothing' };

export interface ScriptedPhoneTiming {
  /** When the leg joins the room. Default 30. */
  readonly joinsAfterMs?: number;
  /** How long its media takes to connect after that; removed before, it joins once more 15 s later. Default 3. */
  readonly connectsInMs?: number;
  /** When it begins to ring. Default 35. */
  readonly ringsAfterMs?: number;
  /** How long the server's answer to the request is on its way. Default 2. */
  readonly responseMs?: number;
  /**
   * What becomes of the request to dial, whatever the phone does: `hangs` for ever, its connection is lost after some
   * time (`onItsWay`: before it arrived), it is answered by an error of the server (HTTP 500), a proxy before the server
   * gives up and sends a page of its own with this status, or it never arrives. Default: it is answered.
   */
  readonly request?:
    | 'hangs'
    | 'unreachable'
    | { readonly lostAfterMs: number; readonly onItsWay?: boolean }
    | { readonly failsAfterMs: number }
    | { readonly proxyAfterMs: number; readonly httpStatus: number };
}
