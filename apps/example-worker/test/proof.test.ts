import { expect, it } from 'vitest';
import { prove } from '../demo/proof.js';
import { voices } from '../src/voices.js';
import { ACCEPTED, ANSWERED, plainCall, recordedStory, type RecordedSound } from './support/recorded-story.js';

const leak = (sound: Pick<RecordedSound, 'from' | 'to'> & Partial<RecordedSound>): RecordedSound => ({
  frequency: voices.human,
  trackName: 'leak',
  ...sound,
});

it('the proof finds no fault in the recordings of a call that is as it should be', () => {
  expect(prove(recordedStory(plainCall), []).faults).toEqual([]);
});

it.each([
  ['a voice', leak({ from: 5_000, to: 6_000 }), /for \d+ ms at -2\d dBFS, 9[5-9]\d|for \d+ ms at -2\d dBFS, 10[0-4]\d/],
  ['a whisper of -60 dBFS', leak({ from: 5_000, to: 6_500, levelDbfs: -60 }), /at -(5|6)\d dBFS/],
  ['a blink of 40 ms at -40 dBFS', leak({ from: 5_000, to: 5_040, levelDbfs: -40 }), /at -(3|4)\d dBFS/],
  ['a blink in the first moment', leak({ from: ANSWERED, to: ANSWERED + 60 }), /dBFS, -?\d{1,2} ms after/],
  ['a blink in the last moment', leak({ from: ACCEPTED - 80, to: ACCEPTED - 20 }), /dBFS, 39\d\d ms after/],
])('the proof finds %s of the human agent at the caller during the briefing', (_, sound, where) => {
  const { faults } = prove(recordedStory({ ...plainCall, atCaller: [...plainCall.atCaller, sound] }), []);
  expect(faults).toEqual([expect.stringMatching(where)]);
  expect(faults[0]).toContain('the caller, in the phase "briefing", heard human agent');
  expect(faults[0]).toContain('in somebody\'s track "leak"');
});

it('the proof finds the caller at the human agent during the briefing', () => {
  const sound = leak({ frequency: voices.caller, from: 5_000, to: 6_000 });
  const { faults } = prove(recordedStory({ ...plainCall, atHuman: [...plainCall.atHuman, sound] }), []);
  expect(faults).toEqual([expect.stringContaining('the human agent, in the phase "briefing", heard caller for')]);
});

it('the proof finds music that broke off, a briefing that was not spoken, and a room that is left over', () => {
  const { faults } = prove(
    recordedStory({
      atCaller: plainCall.atCaller.map((sound) =>
        sound.to > ACCEPTED && sound.from < ANSWERED ? { ...sound, to: 5_000 } : sound,
      ),
      atHuman: plainCall.atHuman.filter(({ frequency }) => frequency !== voices.briefing),
    }),
    [{ kind: 'room', what: 'room consult-1' }],
  );
  expect(faults).toEqual([
    expect.stringMatching(/^never happened: briefing audible/),
    expect.stringMatching(/the caller, in the phase "briefing", heard hold music for \d+ ms only/),
    expect.stringMatching(/the human agent, in the phase "briefing", heard briefing agent for 0 ms only/),
    'left over: room consult-1',
  ]);
});
