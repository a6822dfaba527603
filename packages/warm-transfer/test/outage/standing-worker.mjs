// An AI agent and its transfer in a process of their own, which can be made to stand still.
import { initializeLogger, voice } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import { WarmTransfer } from '@org/warm-transfer';
import { AccessToken } from 'livekit-server-sdk';

const { server, trunkId, roomName, human, merge, voices, vocabulary } = JSON.parse(process.argv[2]);

initializeLogger({ pretty: false, level: 'error' });
const token = new AccessToken(server.apiKey, server.apiSecret, { identity: 'agent' });
token.kind = 'agent';
token.addGrant({ roomJoin: true, room: roomName });
const room = new Room();
await room.connect(server.url, await token.toJwt());
const session = new voice.AgentSession({
  stt: new ScriptedSTT({ words: vocabulary }),
  llm: new ScriptedLLM(),
  tts: new ScriptedTTS({ frequency: voices.agent }),
  vad: null,
  turnHandling: { turnDetection: 'stt', interruption: { mode: 'vad' } },
});
await session.start({ agent: new voice.Agent({ instructions: 'You answer the phone.' }), room, record: false });

const transfer = new WarmTransfer({
  session,
  room,
  ...server,
  sipCallTo: human,
  sipTrunkId: trunkId,
  tts: new ScriptedTTS({ frequency: voices.briefing }),
  greetingSpeech: 'A caller asks for a person. Will you take the call?',
  merge,
  onPhase: ({ phase }) => process.send({ phase }),
});

const told = ({ status, caller, cause }) => ({ status, caller, cause: cause?.message });

/** The AI speaks to a caller who is back, again and again. */
function onConnected(caller) {
  if (caller === 'returned') setInterval(() => void session.say('I am back with you.'), 2_000).unref();
}

process.once('message', () => void close());
const outcome = await transfer.run();
process.send({ outcome: told(outcome) });
onConnected(outcome.caller);
if (outcome.status === 'connected') {
  const { by, caller, cause } = await outcome.call.ended;
  process.send({ end: told({ status: `ended by ${by}`, caller, cause }) });
  onConnected(caller);
}

async function close() {
  await transfer.close();
  await session.close();
  await room.disconnect();
  process.exit();
}
