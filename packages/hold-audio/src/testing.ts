export { HOLD_MUSIC_BAND, HOLD_MUSIC_FREQUENCIES } from './music/hold-music-frequencies.js';
export { FakeHoldRoom } from './testing/fake-hold-room.js';
