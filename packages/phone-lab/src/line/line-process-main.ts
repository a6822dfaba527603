import { Socket } from 'node:net';
import { onMessage, sendMessage, type LineRequest } from './line-channel.js';
import type { PhoneLine, PhoneLineEvents } from './phone-line.js';
import { RtcPhoneLine } from './rtc-phone-line.js';

/**
 * The program of a phone that has a process of its own: one line, which does what the lab asks for over file descriptor 3.
 * It ends with that connection.
 */
const channel = new Socket({ fd: 3 });
channel.on('error', () => process.exit(1)).on('close', () => process.exit(0));

let tracks = 0;

const events: PhoneLineEvents = {
  track(track) {
    const number = (tracks += 1);
    sendMessage(channel, { says: 'track', track, number });
    return (pcm) => sendMessage(channel, { says: 'pcm', number, pcm });
  },
  key: (key, from) => sendMessage(channel, { says: 'key', key, from }),
  lost: (reason) => sendMessage(channel, { says: 'lost', reason }),
  back: (participantSid) => sendMessage(channel, { says: 'back', participantSid }),
};

let line: PhoneLine | undefined;

async function act(request: LineRequest): Promise<string | undefined> {
  if (request.do === 'join') {
    const { access, seat } = request;
    line = new RtcPhoneLine(async () => access);
    return line.join(seat, events);
  }
  switch (request.do) {
    case 'listen':
      line?.listen();
      break;
    case 'dropAudio':
      line?.dropAudio();
      break;
    case 'publish':
      await line?.publish();
      break;
    case 'played':
      await line?.played();
      break;
    case 'setAttributes':
      await line?.setAttributes(request.attributes);
      break;
    case 'sendAudio':
      await line?.sendAudio(request.pcm);
      break;
    case 'pressKey':
      await line?.pressKey(request.key);
      break;
    case 'leave':
      await line?.leave(request.reason);
      break;
  }
  return undefined;
}

onMessage(channel, (message) => {
  const request = message as LineRequest;
  void act(request).then(
    (value) => sendMessage(channel, { answers: request.id, ...(value !== undefined && { value }) }),
    (error: unknown) => {
      sendMessage(channel, { answers: request.id, error: error instanceof Error ? error.message : String(error) });
    },
  );
});
