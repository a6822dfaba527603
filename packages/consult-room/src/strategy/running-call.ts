import type { Bridge } from '../bridge/bridge.js';
import { BridgedMedia } from '../bridge/bridged-media.js';
import { CallController, type PromotionRequester } from '../call/call-controller.js';
import type { CallMedia } from '../call/call-media.js';
import type { MergedCall } from '../call/merged-call.js';
import type { MergeEnd, MissingAudio } from '../merge/merge-result.js';
import { verifyAudioFlows } from '../merge/verify-audio-flow.js';
import { SharedRoomMedia } from '../move/shared-room-media.js';
import { SharedRoom } from '../move/shared-room.js';
import type { ParsedMergeOptions } from '../options/merge-options.js';
import { getParticipants } from './get-participants.js';

/** The call of a merge, and the caller room in which both parties are after a move or a promotion. */
export class RunningCall {
  readonly #options: ParsedMergeOptions;
  readonly #bridge: Bridge;
  /** Ends the verification of a move. */
  #verification = new AbortController();
  #sharedRoom: SharedRoom | undefined;
  #call: CallController | undefined;

  constructor(options: ParsedMergeOptions, bridge: Bridge) {
    this.#options = options;
    this.#bridge = bridge;
  }

  start(by: 'bridge' | 'move', promoter: PromotionRequester | undefined): MergedCall {
    const { relays } = this.#bridge;
    const media = by === 'bridge' && relays ? new BridgedMedia(relays, this.#options) : this.#createMedia('move');
    const call = new CallController(media, this.#options, promoter);
    this.#call = call;
    return call;
  }

  /** Continues in the caller room. */
  switchTo(by: 'move' | 'rejoin', humanIdentity: string): Promise<void> {
    const media = this.#createMedia(by, humanIdentity);
    return this.#call?.switchTo(media) ?? Promise.resolve();
  }

  /** Verifies that audio flows in both directions in the caller room. */
  verifyMove(): Promise<readonly MissingAudio[]> {
    const { flows } = this.#openSharedRoom(this.#options.humanIdentity);
    this.#verification = new AbortController();
    return verifyAudioFlows(flows, this.#options.verifyTimeoutMs, this.#verification.signal, this.#options);
  }

  closeSharedRoom(): void {
    this.#verification.abort();
    this.#sharedRoom?.close();
    this.#sharedRoom = undefined;
  }

  end(end: MergeEnd): void {
    this.#call?.end(end);
    this.closeSharedRoom();
  }

  #createMedia(by: 'move' | 'rejoin', humanIdentity: string = this.#options.humanIdentity): CallMedia {
    return new SharedRoomMedia(by, this.#openSharedRoom(humanIdentity), getParticipants(this.#options));
  }

  #openSharedRoom(humanIdentity: string): SharedRoom {
    const { callerRoom: room, callerIdentity } = this.#options;
    this.#sharedRoom ??= new SharedRoom({ room, callerIdentity, humanIdentity });
    return this.#sharedRoom;
  }
}
