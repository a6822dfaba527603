/**
 * Whether a packet of a WebRTC connection is RTP, and not STUN, DTLS or RTCP: by its first byte (RFC 7983), and the range of
 * payload types that RTCP has for itself (RFC 5761, section 4).
 */
export function isRtp(packet: Uint8Array): boolean {
  const [first = 0, second = 0] = packet;
  const payloadType = second & 0x7f;
  return first >= 128 && first <= 191 && !(payloadType >= 64 && payloadType <= 95);
}
