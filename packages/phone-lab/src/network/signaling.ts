import { Transform, type Duplex } from 'node:stream';
import { PhoneLabError } from '../phone-lab-error.js';

/** Holds the signaling between a participant and the server. Held messages are passed on in order at the release. */
export interface SignalingPause extends Disposable {
  /** Idempotent. */
  release(): void;
}

/** A participant, as named by its token. */
export interface Whose {
  readonly roomName: string;
  readonly identity: string;
}

export function checkWhose(whose: Whose): void {
  for (const name of ['roomName', 'identity'] as const) {
    if (whose[name] === '') throw new PhoneLabError('invalid-option', `${name} must not be empty`);
  }
}

/** The signaling of one participant through the proxy. */
export interface SignalingGate {
  /** Calls back when the gate is open: now, or when it is released. */
  whenOpen(act: () => void): void;
}

interface Gate extends SignalingGate {
  readonly sockets: Set<Duplex>;
  readonly pauses: Set<SignalingPause>;
  readonly waiting: (() => void)[];
}

/** All signaling that goes through the proxy, by participant. */
export class Signaling {
  readonly #gates = new Map<string, Gate>();
  readonly #lines = new Map<string, () => void>();
  #linesSoFar = 0;

  /** Calls back when the first connection of a phone's line that names this number ends. */
  addLine(onEnd: () => void): string {
    const line = String((this.#linesSoFar += 1));
    this.#lines.set(line, onEnd);
    return line;
  }

  /** A connection of a line has ended. */
  lineEnded(line: string): void {
    const onEnd = this.#lines.get(line);
    this.#lines.delete(line);
    onEnd?.();
  }

  /** The gate of a participant whose socket this is. */
  gateOf(whose: Whose, socket: Duplex): SignalingGate {
    const gate = this.#gate(whose);
    gate.sockets.add(socket);
    socket.once('close', () => gate.sockets.delete(socket));
    return gate;
  }

  isConnected(whose: Whose): boolean {
    return this.#gate(whose).sockets.size > 0;
  }

  /** Holds everything, also of new connections. Several concurrent pauses must all be released. */
  pause(whose: Whose): SignalingPause {
    checkWhose(whose);
    const gate = this.#gate(whose);
    const release = (): void => {
      gate.pauses.delete(pause);
      if (gate.pauses.size === 0) for (const act of gate.waiting.splice(0)) act();
    };
    const pause: SignalingPause = { release, [Symbol.dispose]: release };
    gate.pauses.add(pause);
    return pause;
  }

  /** Breaks the connections; a client usually makes another one. */
  cut(whose: Whose): void {
    for (const socket of this.#gate(whose).sockets) socket.destroy();
  }

  #gate({ roomName, identity }: Whose): Gate {
    const key = JSON.stringify([roomName, identity]);
    const found = this.#gates.get(key);
    if (found) return found;
    const pauses = new Set<SignalingPause>();
    const waiting: (() => void)[] = [];
    const gate: Gate = {
      sockets: new Set(),
      pauses,
      waiting,
      whenOpen(act) {
        if (pauses.size === 0) act();
        else waiting.push(act);
      },
    };
    this.#gates.set(key, gate);
    return gate;
  }
}

/** Passes messages on while the gate is open. */
export function throughGate(gate: SignalingGate): Transform {
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => gate.whenOpen(() => done(null, chunk)),
  });
}
