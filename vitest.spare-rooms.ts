import type { EventEmitter } from 'node:events';

type Listener = (event: { readonly message: { readonly case?: string } }) => unknown;
type Client = Pick<EventEmitter, 'on' | 'off' | 'removeListener'>;

/** All that a room of rtc-node looks at. */
const ofRooms: ReadonlySet<string | undefined> = new Set(['roomEvent', 'rpcMethodInvocation']);

/** Rooms alone listen with an async function. */
const isOfRoom = (listener: unknown): listener is Listener =>
  typeof listener === 'function' && listener.constructor.name === 'AsyncFunction';

/**
 * In the tests on the lab, rooms are told only of what concerns rooms. rtc-node tells each room of the process of
 * every frame of audio, too, for which it takes a lock and then returns: in a lab, where phones, agents and
 * listeners are a dozen rooms in one process, that is half the work of the main thread.
 */
function spare(client: Client): Client {
  const spared = new WeakMap<Listener, Listener>();
  const { on, off } = client;
  client.on = (name, listener) => {
    if (!isOfRoom(listener)) return on.call(client, name, listener);
    const less: Listener = (event) => (ofRooms.has(event.message.case) ? listener(event) : undefined);
    spared.set(listener, less);
    return on.call(client, name, less);
  };
  client.off = (name, listener) => off.call(client, name, spared.get(listener) ?? listener);
  client.removeListener = client.off;
  return client;
}

// Where rtc-node keeps the one client of the process, made when it is first needed.
const place = globalThis as { _ffiClientInstance?: Client };
let client = place._ffiClientInstance && spare(place._ffiClientInstance);
Object.defineProperty(place, '_ffiClientInstance', {
  get: () => client,
  set: (made: Client) => {
    client = spare(made);
  },
});
