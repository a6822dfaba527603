import { isIPv4 } from 'node:net';
import { type SessionDescription, SignalRequest, SignalResponse, type TrickleRequest } from '@livekit/protocol';

/** Gives the port on 127.0.0.1 that stands for an address of the server; undefined when there is none any more. */
export type CandidatePort = (host: string, port: number) => Promise<number | undefined>;

/** Position of the fields of an ICE candidate (RFC 8839, section 5.1). */
const [transportField, hostField, portField] = [2, 4, 5];

/**
 * Puts addresses of the lab in place of the server's in what the server says to a client. Candidates other than IPv4 over UDP
 * are left out, since they would lead past the lab. Resolves with undefined when nothing is left to say.
 */
export async function rewriteServerMessage(
  data: Uint8Array<ArrayBuffer>,
  portFor: CandidatePort,
): Promise<Uint8Array | undefined> {
  const signal = SignalResponse.fromBinary(data);
  const { message } = signal;
  if (message.case === 'offer' || message.case === 'answer') {
    await rewriteDescription(message.value, (candidate) => rewriteCandidate(candidate, portFor));
    return signal.toBinary();
  }
  if (message.case !== 'trickle') return data;
  const isLeft = await rewriteTrickle(message.value, (candidate) => rewriteCandidate(candidate, portFor));
  return isLeft ? signal.toBinary() : undefined;
}

/**
 * Leaves out the addresses of a client in what it says to the server, which would send checks, and then media, straight to
 * them. The server learns the lab's from the client's own checks. Returns undefined when nothing is left to say.
 */
export async function rewriteClientMessage(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array | undefined> {
  const signal = SignalRequest.fromBinary(data);
  const { message } = signal;
  if (message.case === 'offer' || message.case === 'answer') {
    await rewriteDescription(message.value, leaveOut);
    return signal.toBinary();
  }
  if (message.case !== 'trickle') return data;
  return (await rewriteTrickle(message.value, leaveOut)) ? signal.toBinary() : undefined;
}

type Rewrite = (candidate: string) => Promise<string | undefined>;

async function leaveOut(): Promise<undefined> {}

async function rewriteDescription(description: SessionDescription, rewrite: Rewrite): Promise<void> {
  const prefix = 'a=candidate:';
  const lines = await Promise.all(
    description.sdp.split('\r\n').map(async (line) => {
      if (!line.startsWith(prefix)) return line;
      const candidate = await rewrite(line.slice('a='.length));
      return candidate === undefined ? undefined : `a=${candidate}`;
    }),
  );
  description.sdp = lines.filter((line) => line !== undefined).join('\r\n');
}

/** Resolves with whether anything is left. */
async function rewriteTrickle(trickle: TrickleRequest, rewrite: Rewrite): Promise<boolean> {
  const init = JSON.parse(trickle.candidateInit) as { candidate?: string };
  // An empty candidate says that no more will come.
  if (!init.candidate) return true;
  const candidate = await rewrite(init.candidate);
  if (candidate === undefined) return false;
  trickle.candidateInit = JSON.stringify({ ...init, candidate });
  return true;
}

async function rewriteCandidate(candidate: string, portFor: CandidatePort): Promise<string | undefined> {
  const fields = candidate.split(' ');
  const [transport, host, port] = [fields[transportField], fields[hostField], Number(fields[portField])];
  if (transport?.toLowerCase() !== 'udp' || host === undefined || !isIPv4(host)) return undefined;
  const labPort = await portFor(host, port);
  if (labPort === undefined) return undefined;
  fields[hostField] = '127.0.0.1';
  fields[portField] = String(labPort);
  return fields.join(' ');
}
