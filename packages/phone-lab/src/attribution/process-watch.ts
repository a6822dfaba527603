import { createHook, executionAsyncId, type AsyncHook } from 'node:async_hooks';
import { captureStack, isLabInternal, userFrames, type CapturedStack } from './call-site.js';
import type { CreatedBy } from './created-by.js';

/** Something that this process has opened and not closed. */
export interface OpenResource {
  readonly kind: 'timer' | 'socket' | 'process';
  readonly what: string;
  readonly origin: CreatedBy;
}

/** The kinds of resources that keep a process alive, by their names in Node.js. */
const kinds: Readonly<Record<string, { readonly kind: OpenResource['kind']; readonly what: string }>> = {
  Timeout: { kind: 'timer', what: 'timer' },
  TCPWRAP: { kind: 'socket', what: 'TCP socket' },
  TCPSERVERWRAP: { kind: 'socket', what: 'listening TCP socket' },
  UDPWRAP: { kind: 'socket', what: 'UDP socket' },
  PROCESSWRAP: { kind: 'process', what: 'child process' },
  WORKER: { kind: 'process', what: 'worker thread' },
};

/** Node.js puts off to open a listening socket that has an address. */
const delays = new Set(['TickObject', 'GETADDRINFOREQWRAP']);

/** The members of a resource that are read; each kind has only some of them. */
interface Resource {
  hasRef?(): boolean;
  readonly pid?: number;
  getsockname?(out: { port?: number }): number;
}

interface Watched {
  readonly type: string;
  readonly resource: WeakRef<Resource>;
  readonly origin: CreatedBy;
}

/** Notes the timers, sockets, child processes and worker threads that programs in this process open, with the line that did it. */
export class ProcessWatch {
  readonly #open = new Map<number, Watched>();
  /** The stacks of requests that are performed in a moment. */
  readonly #delayed = new Map<number, CapturedStack>();
  readonly #hook: AsyncHook;

  constructor() {
    const init = (id: number, type: string, _trigger: number, resource: object): void => {
      if (delays.has(type)) this.#delayed.set(id, captureStack(init));
      if (kinds[type] === undefined) return;
      const here = captureStack(init);
      const asked =
        isLabInternal(here) || userFrames(here) !== undefined ? here : this.#delayed.get(executionAsyncId());
      const by = asked && !isLabInternal(asked) ? userFrames(asked) : undefined;
      if (by === undefined) return;
      this.#open.set(id, { type, resource: new WeakRef<Resource>(resource), origin: { by, at: Date.now() } });
    };
    const destroy = (id: number): void => {
      this.#open.delete(id);
      this.#delayed.delete(id);
    };
    this.#hook = createHook({ init, destroy }).enable();
  }

  /** The open resources that keep the process alive. */
  get open(): OpenResource[] {
    return [...this.#open.values()].flatMap(({ type, resource, origin }) => {
      const found = resource.deref();
      const known = kinds[type];
      if (!found || !known || found.hasRef?.() === false) return [];
      return [{ kind: known.kind, what: `${known.what}${detailOf(found)}`, origin }];
    });
  }

  close(): void {
    this.#hook.disable();
    this.#open.clear();
    this.#delayed.clear();
  }
}

function detailOf(resource: Resource): string {
  if (typeof resource.pid === 'number') return ` ${resource.pid}`;
  const address: { port?: number } = {};
  // Unconnected sockets have no address, and say so by an error number.
  resource.getsockname?.(address);
  return address.port === undefined ? '' : ` at port ${address.port}`;
}
