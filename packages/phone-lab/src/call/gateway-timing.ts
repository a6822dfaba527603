/** How long LiveKit's gateway and server wait, ms. */
export interface GatewayTiming {
  /** For any response to a request: SIP's timer B (RFC 3261, section 17.1.1.2). */
  readonly noResponseMs: number;
  /** For a dial whose request waits until the phone answers. */
  readonly waitingDialMs: number;
  /** For a participant to publish in the room of a phone that calls in, unless its trunk has another timeout. */
  readonly inboundRingMs: number;
  /** For a phone to hang up after its transfer has succeeded. */
  readonly hangUpAfterReferMs: number;
  /** For the first RTP of a phone, from its answer (`media_timeout_initial`). */
  readonly mediaTimeoutInitialMs: number;
  /** For RTP of a phone after its last packet (`media_timeout`). */
  readonly mediaTimeoutMs: number;
}

export const gatewayTiming: Readonly<GatewayTiming> = Object.freeze({
  noResponseMs: 32_000,
  waitingDialMs: 80_000,
  inboundRingMs: 180_000,
  hangUpAfterReferMs: 1000,
  mediaTimeoutInitialMs: 30_000,
  mediaTimeoutMs: 15_000,
});
