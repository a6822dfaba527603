import type { Dialer } from '../dial/dialer.js';
import type { WatchableRoom } from '../api/watchable-room.js';
import type { DialRequest } from '../request/dial-request.js';
import type { SipDialer } from '../sip-dialer.js';
import type { ScriptedPhoneBehavior, ScriptedPhoneTiming } from './scripted-phone.js';

/** A phone of the contract's cases; `responseMs` is how long the server's answer to the request is on its way. */
export type ContractCallee = ScriptedPhoneBehavior & Pick<ScriptedPhoneTiming, 'responseMs'>;

/** A place to dial in, real or scripted: what the contract's cases need of it. Every case gets a new one, and disposes of it. */
export interface DialerHarness extends AsyncDisposable {
  readonly dialer: Pick<SipDialer, 'dial' | 'coldTransfer'>;
  /** Puts up a phone, and gives a request that reaches it in a room of its own. */
  place(phone: ContractCallee): Promise<DialRequest>;
  /** The same dialer with a wrong API secret. */
  readonly dialerWithWrongSecret: Dialer;
  /** A dialer of a server that is not there. */
  readonly dialerWithoutServer: Dialer;
  /** A joined room to give as `watch`, or `undefined` to have the dialer ask. */
  watch(roomName: string): Promise<WatchableRoom | undefined>;
  /** Removes the leg of a phone that rings, as somebody else would, once its media is connected. */
  remove(request: DialRequest): Promise<void>;
  /** How many requests to dial arrived. */
  requestCount(): number;
  /** The keys that the phones have heard. */
  keysHeard(): string;
  /** Phones that ring or are on the line, and legs in rooms. */
  leftovers(): Promise<readonly string[]>;
  sleep(ms: number): Promise<void>;
}

export interface DialerContractCase {
  /** What must hold, as a test's title. */
  readonly title: string;
  run(world: DialerHarness): Promise<void>;
}
