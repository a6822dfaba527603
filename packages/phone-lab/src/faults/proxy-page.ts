import { STATUS_CODES } from 'node:http';
import type { Answer } from '../twirp/post-request.js';

/** The page that a proxy sends when it has no answer of the server's: HTML, which no Twirp client reads. */
export function proxyPage(status: 502 | 504): Answer {
  const phrase = STATUS_CODES[status] ?? '';
  const title = `${status} ${phrase}`;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  return { status, phrase, contentType: 'text/html', body: Buffer.from(body) };
}
