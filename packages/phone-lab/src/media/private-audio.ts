type Listener = (event: AudioEvent) => void;

/** The events of the media library's client that concern audio. */
interface AudioEvent {
  readonly message: {
    readonly case?: string;
    readonly value?: { readonly asyncId?: bigint; readonly streamHandle?: bigint };
  };
}

/** The responses to a request for a stream, and to a frame to send. */
interface AudioResponse {
  readonly asyncId?: bigint;
  readonly stream?: { readonly handle?: { readonly id?: bigint } };
}

/** The members used of the media library's client, which all rooms of the process share. */
export interface AudioClient {
  on: (name: string, listener: Listener) => unknown;
  off: (name: string, listener: Listener) => unknown;
  emit: (name: string, event: AudioEvent) => boolean;
  request: (request: unknown) => AudioResponse;
}

/** The requests and listeners of a piece of work while it runs. */
interface Work {
  key?: string | undefined;
  listener?: Listener;
}

/** Keeps audio of the lab to itself, for one client. */
class PrivateAudio {
  readonly #owners = new Map<string, Listener>();
  readonly #keys = new Map<Listener, string>();
  readonly #on: AudioClient['on'];
  #work: Work | undefined;

  constructor(client: AudioClient) {
    const { on, off, emit, request } = client;
    this.#on = on.bind(client);
    client.on = (name, listener) => {
      if (this.#work === undefined) return on.call(client, name, listener);
      this.#work.listener = listener;
      return client;
    };
    client.off = (name, listener) => {
      this.#forget(listener);
      return off.call(client, name, listener);
    };
    client.emit = (name, event) => {
      const owner = this.#owners.get(keyOfEvent(event) ?? '');
      if (owner === undefined) return emit.call(client, name, event);
      owner(event);
      return true;
    };
    client.request = (asked) => {
      const response = request.call(client, asked);
      if (this.#work !== undefined) this.#work.key = keyOfResponse(response);
      return response;
    };
  }

  run<T>(work: () => T): T {
    const running: Work = {};
    this.#work = running;
    try {
      return work();
    } finally {
      this.#work = undefined;
      this.#keep(running);
    }
  }

  #keep({ key, listener }: Work): void {
    if (listener === undefined) return;
    if (key === undefined) {
      // A version of the media library that asks in another way.
      this.#on('ffi_event', listener);
      return;
    }
    this.#owners.set(key, listener);
    this.#keys.set(listener, key);
  }

  #forget(listener: Listener): void {
    const key = this.#keys.get(listener);
    if (key === undefined) return;
    this.#keys.delete(listener);
    this.#owners.delete(key);
  }
}

function keyOfEvent({ message }: AudioEvent): string | undefined {
  if (message.case === 'audioStreamEvent') return `stream ${message.value?.streamHandle}`;
  return message.case === 'captureAudioFrame' ? `frame ${message.value?.asyncId}` : undefined;
}

function keyOfResponse({ stream, asyncId }: AudioResponse): string | undefined {
  if (stream?.handle?.id !== undefined) return `stream ${stream.handle.id}`;
  return asyncId === undefined ? undefined : `frame ${asyncId}`;
}

const known = new WeakMap<AudioClient, PrivateAudio>();

/**
 * Runs work that sends a frame or opens a stream of rtc-node, without notifying other listeners in the process.
 *
 * rtc-node hands every frame of audio of the process to every room and every stream in it. The phones of a lab, which would
 * be elsewhere in a real call, are in the process of the agent under test, and their frames are most of all. An agent is to
 * get those that it gets in a real call, and no others. With another version of rtc-node the work runs as it comes.
 *
 * @param work what calls rtc-node before it first waits for anything
 */
export function keepPrivate<T>(work: () => T, client: Partial<AudioClient> | undefined = sharedClient()): T {
  if (!isAudioClient(client)) return work();
  const audio = known.get(client) ?? new PrivateAudio(client);
  known.set(client, audio);
  return audio.run(work);
}

function sharedClient(): Partial<AudioClient> | undefined {
  return (globalThis as { _ffiClientInstance?: Partial<AudioClient> })._ffiClientInstance;
}

function isAudioClient(client: Partial<AudioClient> | undefined): client is AudioClient {
  return [client?.on, client?.off, client?.emit, client?.request].every((method) => typeof method === 'function');
}
