import { DisconnectReason } from '@livekit/rtc-node';
import type { Promotion } from '../../src/call/promotion.ts';
import { parseRejoinOptions } from '../../src/options/rejoin-options.ts';
import { PromotionRun } from '../../src/promotion/promotion-run.ts';
import { startPromotion } from '../../src/promotion/start-promotion.ts';
import { InMemoryRoomService, InMemorySipService } from '../../src/testing.ts';
import { FakeRoom } from './fake-room.ts';

/** The rule by which the one-time number of a promotion leads into the caller room, the first of its service. */
export const ruleId = 'SDR_2';

export interface Promoting {
  readonly sip: InMemorySipService;
  readonly participants: InMemoryRoomService;
  readonly callerRoom: FakeRoom;
  readonly abort: AbortController;
  readonly callEnded: AbortController;
  /** The parties in place of whom the bridge relays silence. */
  readonly silenced: () => string;
  readonly result: Promise<Promotion>;
  readonly endOldLeg: () => void;
}

/** Starts a promotion without media: a leg is seen, and never audible. */
export function promoting(prepare: (sip: InMemorySipService) => void = () => undefined): Promoting {
  const [callerRoom, consultRoom] = [new FakeRoom('main'), new FakeRoom('consult')];
  callerRoom.join('caller');
  consultRoom.join('human', { 'sip.callStatus': 'active' });
  const [sip, participants] = [new InMemorySipService(), new InMemoryRoomService()];
  participants.addParticipant('main', { identity: 'caller', kind: 3 });
  prepare(sip);
  const [abort, callEnded] = [new AbortController(), new AbortController()];
  let silenced = 'none';
  const started = startPromotion({
    callerRoom,
    callerIdentity: 'caller',
    consultRoom,
    humanIdentity: 'human',
    relays: { silence: (who) => void (silenced = who) },
    rejoin: parseRejoinOptions({ gateway: 'sip:gateway.example.test' }),
    sip,
    participants,
    callEnded: callEnded.signal,
    signal: abort.signal,
    onWarning: (warning) => {
      throw warning;
    },
    onPromotion: () => undefined,
  });
  if (!(started instanceof PromotionRun)) throw new Error(`not started: ${started.promoted}`);
  const endOldLeg = (): void => {
    consultRoom.leave('human', DisconnectReason.CLIENT_INITIATED);
    started.oldLegEnded();
  };
  return {
    sip,
    participants,
    callerRoom,
    abort,
    callEnded,
    silenced: () => silenced,
    result: started.run(),
    endOldLeg,
  };
}
