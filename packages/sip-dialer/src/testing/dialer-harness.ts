import type { Dialer } from '../dial/dialer.js';
import type { WatchableRoom } from '../api/watchable-room.js';
import type { DialRequest } from '../request/dial-request.js';
import type { SipDialer } from '../sip-dialer.js';
import type { ScriptedPhoneBehavior, ScriptedPhoneTiming } from './scripted-phone.js';

/** A phone of the contract's cases; `responseMs` is the delay of the server's response to the request. */
export type ContractCallee = ScriptedPhoneBehavior & Pick<ScriptedPhoneTiming, 'responseMs'>;

/** The environment of a contract case, real or scripted. Every case gets a new one, and disposes of it. */
export interface DialerHarness extends AsyncDisposable {
  readonly dialer: Pick<SipDialer, 'dial' | 'coldTransfer'>;
  /** Adds a phone, and returns a request that reaches it in a room of its own. */
  place(phone: ContractCallee): Promise<DialRequest>;
  /** The same dialer with a wrong API secret. */
  readonly dialerWithWrongSecret: Dialer;
  /** A dialer for a server that does not exist. */
  readonly dialerWithoutServer: Dialer;
  /** Joins a room to pass as `watch`, or resolves with `undefined` to let the dialer poll. */
  watch(roomName: string): Promise<WatchableRoom | undefined>;
  /** Removes the leg of a ringing phone as another client would, once its media is connected. */
  remove(request: DialRequest): Promise<void>;
  /** Returns the number of dial requests that arrived. */
  requestCount(): number;
  /** Returns the keys that the phones have heard. */
  keysHeard(): string;
  /** Returns the phones that ring or are on the line, and the legs in rooms. */
  leftovers(): Promise<readonly string[]>;
  sleep(ms: number): Promise<void>;
}

/** One case of `dialerContract`. */
export interface DialerContractCase {
  /** The claim, as the title of a test. */
  readonly title: string;
  run(world: DialerHarness): Promise<void>;
}
