export { HOLD_MUSIC_FREQUENCIES } from './music/hold-music-frequencies.ts';
export { FakeHoldRoom } from './testing/fake-hold-room.ts';
