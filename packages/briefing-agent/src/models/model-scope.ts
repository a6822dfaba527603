import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';

/** The events of a model that concern one of its streams: an agent session closes on the one, and counts usage by the other. */
const streamEvents: readonly unknown[] = ['error', 'metrics_collected'];

const scopes: AsyncLocalStorage<ModelScope> = new AsyncLocalStorage();

/** The scopes of the listeners of each model; listeners without one were added outside of every scope. */
const listenerScopes: WeakMap<EventEmitter, WeakMap<object, ModelScope>> = new WeakMap();

/**
 * Separates the streams of models that several sessions share.
 *
 * A model of `@livekit/agents` reports the errors and metrics of all its streams as its own events. Every session that uses
 * it takes them for its own, and closes when a stream of another session failed. A stream that begins in a scope reports
 * only to listeners that were added in that scope; streams outside of the scope do not report to them.
 */
export class ModelScope {
  /** @param models values that are not models, or that emit no events, are ignored */
  constructor(models: Iterable<unknown>) {
    for (const model of models) if (model instanceof EventEmitter && !listenerScopes.has(model)) separate(model);
  }

  /** Runs `work`. Streams that it begins and listeners that it adds, also later and asynchronously, belong to this scope. */
  run<T>(work: () => T): T {
    return scopes.run(this, work);
  }
}

/** Replaces methods of the model: a proxy has no access to private fields, and streams emit on the model itself. */
function separate(model: EventEmitter): void {
  const scopeOf = new WeakMap<object, ModelScope>();
  listenerScopes.set(model, scopeOf);
  for (const name of ['on', 'once', 'addListener', 'prependListener'] as const) {
    const add = model[name].bind(model);
    model[name] = (event, listener) => {
      const scope = scopes.getStore();
      if (scope !== undefined) scopeOf.set(listener, scope);
      add(event, listener);
      return model;
    };
  }
  const emit = model.emit.bind(model);
  model.emit = (event: string | symbol, ...args: unknown[]): boolean => {
    if (!streamEvents.includes(event)) return emit(event, ...args);
    const all = model.rawListeners(event);
    const scope = scopes.getStore();
    const own = all.filter((listener) => scopeOf.get(originalOf(listener)) === scope);
    // Without any listener an error is thrown, as usual.
    if (own.length === all.length) return emit(event, ...args);
    for (const listener of own) Reflect.apply(listener, model, args);
    return own.length > 0;
  };
}

/** Returns the given listener, which `once` wraps. */
function originalOf(listener: object): object {
  return 'listener' in listener && typeof listener.listener === 'function' ? listener.listener : listener;
}
