/** A self-hosted server ends a waiting dial request after 80 s, and the call with it. */
const serverCapMs = 80_000;
/** How long the request may take besides ringing and keys: joining the room, the network, a slow server. */
const marginMs = 2_000;
const requestMarginS = 10;
/** A request that does not wait returns when the leg has joined the room; the server allows 30 s for that. */
const joinRequestS = 35;

export interface TimePlan {
  /** Whether the request waits for the answer; if not, the participant's attributes report the answer. */
  readonly waits: boolean;
  readonly ringingTimeoutMs: number;
  readonly dtmfMs: number;
  /** For the server, in whole seconds. Never shorter than the local timeout, which is exact. */
  readonly ringingTimeoutS: number;
  /** When the SDK ends the HTTP request. The server plays the keys before it responds to the request. */
  readonly requestTimeoutS: number;
}

export function planTime(ringingTimeoutMs: number, dtmfMs: number): TimePlan {
  const ringingTimeoutS = Math.ceil(ringingTimeoutMs / 1000);
  const busyMs = ringingTimeoutS * 1000 + dtmfMs;
  const waits = busyMs + marginMs <= serverCapMs;
  const requestTimeoutS = waits ? Math.ceil(busyMs / 1000) + requestMarginS : joinRequestS;
  return { waits, ringingTimeoutMs, dtmfMs, ringingTimeoutS, requestTimeoutS };
}
