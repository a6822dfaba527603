import type { PhoneScript } from './phone-call.js';
import type { PhoneOptions } from './phone.js';

/** A call that a phone places into a room, as a trunk and a dispatch rule would have routed it. */
export interface InboundCallRequest extends PhoneOptions {
  /** Number of the phone. */
  readonly from: string;
  /** Number that it dials: the trunk's. Default the lab's `trunkNumber`. */
  readonly to?: string;
  /**
   * Room that the call goes to. Default the room that the inbound trunk of the dialed number and its dispatch rule say;
   * if nothing matches, the caller hears it ring, in no room and without an answer, or gets SIP 404 (`ended.how` is `rejected`):
   * see `unroutedCalls` of the lab.
   */
  readonly roomName?: string;
  /**
   * The PIN that the caller types if the dispatch rule requires one. If no rule has it, `ended.how` is `wrong-pin`. Default
   * nothing, which leads to a rule without a PIN if there is one.
   */
  readonly pin?: string;
  /**
   * User and password, for an inbound trunk that has some. Without them such a trunk rejects the call with SIP 407, with
   * wrong ones with 401 (`ended.how` is `rejected`).
   */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** Headers of the INVITE, which the trunk may turn into attributes. Default none. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly script?: PhoneScript;
  /** Default `sip_<from>`. */
  readonly identity?: string;
  readonly name?: string;
  readonly participantMetadata?: string;
  /** Further attributes of the participant. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Worker to dispatch into the room before the phone joins. Default none. */
  readonly agentName?: string;
  /** Given to the worker's job. */
  readonly metadata?: string;
  /** How long it rings until the caller gives up. Default never: the gateway drops it after 180 s, or as its trunk says. */
  readonly ringLimitMs?: number;
}
