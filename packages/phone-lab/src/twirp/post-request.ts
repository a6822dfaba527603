import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';

/** A complete response of the API. */
export interface Answer {
  readonly status: number;
  readonly phrase: string;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Posts a request and collects the answer. Rejects when the connection breaks. */
export function postRequest(url: URL, headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // A pooled connection would outlive the lab.
    const request = httpRequest(url, { method: 'POST', headers, agent: false });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 502,
          phrase: response.statusMessage ?? '',
          contentType: response.headers['content-type'] ?? 'application/json',
          body: Buffer.concat(chunks),
        });
      });
    });
    request.end(body);
  });
}
