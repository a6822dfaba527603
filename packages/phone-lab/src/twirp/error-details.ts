import type { TwirpCode } from './twirp-error.js';

/** Numbers of the gRPC codes that a SIP status leads to. */
const grpcCodes: Partial<Record<TwirpCode, number>> = {
  invalid_argument: 3,
  deadline_exceeded: 4,
  not_found: 5,
  permission_denied: 7,
  resource_exhausted: 8,
  failed_precondition: 9,
  aborted: 10,
  out_of_range: 11,
  unauthenticated: 16,
};

/**
 * The gateway's error as a base64 `google.rpc.Status { code = 1; message = 2; details = 3 }`, whose detail is a
 * `google.protobuf.Any` of `livekit.SIPStatus { code = 1; status = 2 }`.
 */
export function errorDetails(
  code: TwirpCode,
  text: string,
  sip: { readonly code: number; readonly phrase: string },
): string {
  const status = [...number(1, sip.code), ...bytes(2, utf8(sip.phrase))];
  const any = [...bytes(1, utf8('type.googleapis.com/livekit.SIPStatus')), ...bytes(2, status)];
  return Buffer.from([...number(1, grpcCodes[code] ?? 2), ...bytes(2, utf8(text)), ...bytes(3, any)]).toString(
    'base64',
  );
}

function utf8(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

function number(field: number, value: number): number[] {
  return [field * 8, ...varint(value)];
}

function bytes(field: number, content: readonly number[]): number[] {
  return [field * 8 + 2, ...varint(content.length), ...content];
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(Math.floor(value / 0x80))];
}
