/** A LiveKit server and the credentials for it. */
export interface ServerAccess {
  /** `ws(s)://` or `http(s)://`. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** Returns the address of the server's API: the SDK does not accept `ws://`. */
export function apiHost(access: ServerAccess): string {
  return access.url.replace(/^ws/, 'http');
}
