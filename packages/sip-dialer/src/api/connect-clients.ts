import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { dialerOptions } from '../options/dialer-shape.js';
import { requireThat, validate } from '../options/validate.js';
import type { RoomApi } from './room-api.js';
import type { SipApi } from './sip-api.js';

/** The server's URL and credentials, or the SDK's clients, made with `{ failover: false }`. */
export type SipDialerOptions =
  | {
      /** `ws:`, `wss:`, `http:` or `https:`. */
      readonly url: string;
      readonly apiKey: string;
      readonly apiSecret: string;
    }
  | { readonly sip: SipApi; readonly rooms: RoomApi };

export interface Clients {
  readonly sip: SipApi;
  readonly rooms: RoomApi;
  /** Strings that no error may show. */
  readonly secrets: readonly string[];
}

export function connectClients(options: SipDialerOptions): Clients {
  validate(dialerOptions, options, 'options');
  if ('sip' in options) {
    const { sip, rooms } = options;
    for (const [name, client] of Object.entries({ sip, rooms })) rejectReplays(name, client);
    return { sip, rooms, secrets: [] };
  }
  const { url, apiKey, apiSecret } = options;
  const once = { failover: false };
  return {
    sip: new SipClient(url, apiKey, apiSecret, { ...once }),
    rooms: new RoomServiceClient(url, apiKey, apiSecret, { ...once }),
    secrets: [apiSecret],
  };
}

/** The SDK repeats requests to LiveKit Cloud by default; a repeated dial calls the phone twice. */
function rejectReplays(option: string, client: unknown): void {
  const { rpc } = client as { rpc?: { failover?: unknown; host?: unknown } };
  const replays = rpc?.failover === true && /\.livekit\.cloud(:|\/|$)/.test(String(rpc.host));
  requireThat(!replays, option, 'made with { failover: false }');
}
