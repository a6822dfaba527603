/** Where the server is, and with what it lets us in. */
export interface ServerAccess {
  /** `ws(s)://` or `http(s)://`. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** The API's address: the SDK takes no `ws://`. */
export function apiHost(access: ServerAccess): string {
  return access.url.replace(/^ws/, 'http');
}
