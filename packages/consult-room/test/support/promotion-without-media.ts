import { DisconnectReason } from '@livekit/rtc-node';
import { beginPromotion } from '../../src/promotion/start-promotion.ts';
import type { Promotion } from '../../src/call/promotion.ts';
import { resolveRejoinOptions } from '../../src/options/rejoin-options.ts';
import { RejoinRun } from '../../src/promotion/promotion-run.ts';
import { InMemoryRoomService, InMemorySipService } from '../../src/testing.ts';
import { SeenRoom } from './fake-room.ts';

/** The one-time number of a promotion leads into the caller's room by this rule, the first of its service. */
export const ruleId = 'SDR_2';

export interface Promoting {
  readonly sip: InMemorySipService;
  readonly people: InMemoryRoomService;
  readonly callerRoom: SeenRoom;
  readonly abort: AbortController;
  readonly callOver: AbortController;
  /** In place of whom the bridge relays silence. */
  readonly held: () => string;
  readonly result: Promise<Promotion>;
  readonly endOldLine: () => void;
}

/** A promotion without media: a line is seen, and never heard. */
export function promoting(prepare: (sip: InMemorySipService) => void = () => undefined): Promoting {
  const [callerRoom, consultRoom] = [new SeenRoom('main'), new SeenRoom('consult')];
  callerRoom.join('caller');
  consultRoom.join('human', { 'sip.callStatus': 'active' });
  const [sip, people] = [new InMemorySipService(), new InMemoryRoomService()];
  people.addParticipant('main', { identity: 'caller', kind: 3 });
  prepare(sip);
  const [abort, callOver] = [new AbortController(), new AbortController()];
  let held = 'nobody';
  const begun = beginPromotion({
    callerRoom,
    callerIdentity: 'caller',
    consultRoom,
    humanIdentity: 'human',
    relays: { hold: (who) => void (held = who) },
    rejoin: resolveRejoinOptions({ gateway: 'sip:gateway.example.test' }),
    sip,
    people,
    over: callOver.signal,
    signal: abort.signal,
    onWarning: (warning) => {
      throw warning;
    },
    onPromotion: () => undefined,
  });
  if (!(begun instanceof RejoinRun)) throw new Error(`not begun: ${begun.promoted}`);
  const endOldLine = (): void => {
    consultRoom.leave('human', DisconnectReason.CLIENT_INITIATED);
    begun.oldLineEnded();
  };
  return { sip, people, callerRoom, abort, callOver, held: () => held, result: begun.run(), endOldLine };
}
