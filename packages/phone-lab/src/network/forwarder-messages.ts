import type { NetworkRules } from './line-network.js';

/** How long a phone may send no RTP, ms. */
export interface MediaLimits {
  /** From the answer, if no packet has come. */
  readonly initialMs: number;
  /** From the last packet. */
  readonly generalMs: number;
}

/** A request to the forwarder for one route. Each is answered under its ID. */
export type ForwarderRequest = { readonly id: number; readonly route: number } & ForwarderOrder;

/** The kinds of requests. */
export type ForwarderOrder =
  /** Makes an address for packets to this address of the server; the answer is its port on 127.0.0.1. */
  | { readonly do: 'open'; readonly host: string; readonly port: number }
  | { readonly do: 'rules'; readonly rules: NetworkRules }
  /** Begins to look for RTP of the participant. */
  | { readonly do: 'watch'; readonly limits: MediaLimits }
  /** The participant pressed a key, which a telephone sends as RTP (RFC 4733). */
  | { readonly do: 'key' }
  | { readonly do: 'close' };

/** A message of the forwarder. */
export type ForwarderMessage =
  | { readonly answers: number; readonly port: number | undefined }
  /** RTP of the participant was stopped for longer than its limits allow; said once. */
  | { readonly silent: number };
