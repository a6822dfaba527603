import { invalid, text } from './validate.js';

/** Where the server is, and with what it lets us in. */
export interface ServerAccess {
  /** `ws(s)://` or `http(s)://`. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

function checkUrl(url: string, option: string): string {
  if (typeof url !== 'string' || !/^(?:ws|http)s?:\/\/[^/]/.test(url)) {
    throw invalid(option, 'must begin with ws://, wss://, http:// or https://');
  }
  return url;
}

export function checkServerAccess(access: ServerAccess, option: string): ServerAccess {
  return {
    url: checkUrl(access.url, `${option}.url`),
    apiKey: text(access.apiKey, `${option}.apiKey`),
    apiSecret: text(access.apiSecret, `${option}.apiSecret`),
  };
}

/** The API's address: the SDK takes no `ws://`. */
export function apiHost(access: ServerAccess): string {
  return access.url.replace(/^ws/, 'http');
}
