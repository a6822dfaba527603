import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { requireObject } from '../request/check-option.js';
import { SipDialerError } from '../sip-dialer-error.js';
import type { RoomApi } from './room-api.js';
import type { SipApi } from './sip-api.js';

/** Where the server is and who we are; or the SDK's clients, made by you with `{ failover: false }`. */
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
  requireObject(options, 'options');
  if ('sip' in options) {
    for (const name of ['sip', 'rooms'] as const) requireObject(options[name], name);
    for (const name of ['sip', 'rooms'] as const) refuseReplays(name, options[name]);
    return { sip: options.sip, rooms: options.rooms, secrets: [] };
  }
  const { url, apiKey, apiSecret } = options;
  for (const [option, value] of Object.entries({ url, apiKey, apiSecret })) {
    // The SDK would silently take the environment's credentials instead.
    if (typeof value !== 'string' || value === '') {
      throw new SipDialerError('missing-option', `${option} must be a non-empty string`, { option });
    }
  }
  if (!/^(ws|http)s?:\/\/[^/]/.test(url)) {
    throw new SipDialerError('invalid-option', 'url must begin with ws://, wss://, http:// or https://', {
      option: 'url',
    });
  }
  const once = { failover: false };
  return {
    sip: new SipClient(url, apiKey, apiSecret, { ...once }),
    rooms: new RoomServiceClient(url, apiKey, apiSecret, { ...once }),
    secrets: [apiSecret],
  };
}

/** The SDK replays requests to LiveKit Cloud by default; a replayed dial calls the person twice. */
function refuseReplays(option: string, client: unknown): void {
  const { rpc } = client as { rpc?: { failover?: unknown; host?: unknown } };
  if (rpc?.failover === true && /\.livekit\.cloud(:|\/|$)/.test(String(rpc.host))) {
    throw new SipDialerError('invalid-option', `${option} must be made with { failover: false }`, { option });
  }
}
