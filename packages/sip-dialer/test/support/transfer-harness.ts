import { type ColdTransferRequest, type ColdTransferResult, SipDialer } from '../../src/index.js';
import { ScriptedServer, type ScriptedServerOptions, type ScriptedTransfer, ScriptedClock } from '../../src/testing.js';

export const target = 'sip:+15550199@pbx.example';
export const base: ColdTransferRequest = { roomName: 'caller-room', identity: 'caller-1', to: target };

export interface TransferWorld {
  readonly clock: ScriptedClock;
  readonly server: ScriptedServer;
  readonly transfer: (request?: Partial<ColdTransferRequest>, signal?: AbortSignal) => Promise<ColdTransferResult>;
  /** Whether the caller is still in the room. */
  readonly here: () => boolean;
}

/** Puts a caller into a room, whose phone does this when it is sent elsewhere. */
export function setUp(phone?: ScriptedTransfer, options: ScriptedServerOptions = {}): TransferWorld {
  const clock = new ScriptedClock();
  const server = new ScriptedServer({ ...options, clock });
  if (phone !== undefined) server.transfers.set(target, phone);
  const room = server.room('caller-room');
  room.join({ identity: 'caller-1', attributes: { 'sip.callID': 'SCL_in', 'sip.callStatus': 'active' }, state: 2 });
  const dialer = new SipDialer({ sip: server.sip, rooms: server.rooms }, clock);
  return {
    clock,
    server,
    transfer: (request = {}, signal) => dialer.coldTransfer({ ...base, ...request }, { signal }),
    here: () => room.remoteParticipants.has('caller-1'),
  };
}
