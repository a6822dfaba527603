import { setTimeout as delay } from 'node:timers/promises';
import { parseNetworkFaults, type NetworkFaults } from '../network/line-network.js';
import { PhoneLabError } from '../phone-lab-error.js';
import type { CallLine, LineLoss, ReconnectOptions } from '../phone/call-line.js';
import type { PhoneCallEnd } from '../phone/phone-call.js';
import type { LineProcess, PhoneLineEvents } from '../line/phone-line.js';
import type { PhoneNetwork } from '../call/phone-network.js';
import type { SimulatedCall } from '../call/simulated-call.js';

/** LiveKit's disconnect reasons. */
const CLIENT_INITIATED = 1;
const USER_UNAVAILABLE = 11;
const USER_REJECTED = 12;
const CONNECTION_TIMEOUT = 14;

const nobody: PhoneLineEvents = {
  track: () => () => undefined,
  key: () => undefined,
  lost: () => undefined,
  back: () => undefined,
};

/** The faults of the line of one simulated call. */
export class CallLineSteps implements CallLine {
  readonly #call: SimulatedCall;
  readonly #network: PhoneNetwork;

  constructor(call: SimulatedCall, network: PhoneNetwork) {
    this.#call = call;
    this.#network = network;
  }

  get pid(): number | undefined {
    return this.#call.setup.line.process?.pid;
  }

  async lose(how: LineLoss): Promise<PhoneCallEnd> {
    this.#call.throwIfEnded();
    switch (how) {
      case 'killed':
        this.#process('lose("killed")').send('SIGKILL');
        break;
      case 'removed':
        await this.#network.removeParticipant(this.#whose.roomName, this.#whose.identity);
        break;
      case 'room-deleted':
        await this.#network.deleteRoom(this.#whose.roomName);
        break;
      case 'duplicate-identity':
        await this.#beDoubled();
        break;
      case 'signaling-closed':
        await this.#loseSignaling();
        break;
      case 'unavailable':
        await this.#call.end({ how: 'disconnected', reason: USER_UNAVAILABLE });
        break;
      case 'rejected':
        await this.#call.end({ how: 'disconnected', reason: USER_REJECTED });
        break;
      default:
        throw new PhoneLabError('misuse', `lose() does not know ${String(how)}`);
    }
    return this.#call.gone;
  }

  stop(): void {
    this.#call.throwIfEnded();
    this.#process('stop()').send('SIGSTOP');
  }

  continue(): void {
    this.#call.throwIfEnded();
    this.#process('continue()').send('SIGCONT');
  }

  async reconnect(options: ReconnectOptions = {}): Promise<void> {
    const { awayMs = 200, timeoutMs = 10_000 } = options;
    this.#call.throwIfEnded();
    const back = this.#call.nextReconnect();
    const pause = this.#network.signaling.pause(this.#whose);
    this.#network.signaling.cut(this.#whose);
    await this.#call.pause(awayMs).finally(() => pause.release());
    const limit = new AbortController();
    const late = delay(timeoutMs, 'late' as const, { signal: limit.signal });
    const first = await this.#call.untilEndedOr(Promise.race([back, late])).finally(() => limit.abort());
    if (first !== 'late') return;
    throw new PhoneLabError('timeout', `phone ${this.#call.setup.number} did not come back within ${timeoutMs} ms`);
  }

  async network(faults: NetworkFaults): Promise<void> {
    this.#call.throwIfEnded();
    await this.#call.setup.route.setRules(parseNetworkFaults(faults, 'faults'));
  }

  get #whose(): { readonly roomName: string; readonly identity: string } {
    return { roomName: this.#call.roomName, identity: this.#call.setup.seat.identity };
  }

  #process(step: string): LineProcess {
    const own = this.#call.setup.line.process;
    if (own) return own;
    throw new PhoneLabError('misuse', `${step} needs a phone with ownProcess: true`);
  }

  async #beDoubled(): Promise<void> {
    const double = this.#network.newLine(false);
    await double.join({ ...this.#call.setup.seat, roomName: this.#call.roomName }, nobody);
    await double.leave(CLIENT_INITIATED);
  }

  /** The phone's own library would try for more than a minute; the phone gives up when the server has. */
  async #loseSignaling(): Promise<void> {
    const { signaling } = this.#network;
    const pause = signaling.pause(this.#whose);
    signaling.cut(this.#whose);
    try {
      while (await this.#isThere()) await delay(250);
      await this.#call.end({ how: 'disconnected', reason: CONNECTION_TIMEOUT });
    } finally {
      pause.release();
    }
  }

  async #isThere(): Promise<boolean> {
    const there = await this.#network.participants(this.#call.roomName);
    return !this.#call.ended && there.some(({ sid }) => sid === this.#call.participantSid);
  }
}
