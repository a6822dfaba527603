import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';

/** The events of a model that tell of one of its streams, and by which an agent session is closed, or counts its usage. */
const ofStreams: readonly unknown[] = ['error', 'metrics_collected'];

const scopes: AsyncLocalStorage<ModelScope> = new AsyncLocalStorage();

/** For each model that is divided, the scopes of its listeners; those without one were added outside of every scope. */
const divided: WeakMap<EventEmitter, WeakMap<object, ModelScope>> = new WeakMap();

/**
 * Keeps the streams of models that several sessions share apart.
 *
 * A model of `@livekit/agents` reports the errors and metrics of all its streams as events of its own, so that every
 * session that uses it takes them for its own, and closes itself for what failed elsewhere. What a stream that was begun
 * in a scope reports is heard by the listeners that were added in that scope, and by no others; what any other stream
 * reports is not heard in the scope.
 */
export class ModelScope {
  /** What of `models` is no model, or none that emits events, is ignored. */
  constructor(models: Iterable<unknown>) {
    for (const model of models) if (model instanceof EventEmitter && !divided.has(model)) divide(model);
  }

  /** Runs `work`: streams that it begins, and listeners that it adds, also later and asynchronously, are of this scope. */
  run<T>(work: () => T): T {
    return scopes.run(this, work);
  }
}

/** Replaces methods of the instance: a proxy has no access to private fields, and streams emit on the model itself. */
function divide(model: EventEmitter): void {
  const scopeOf = new WeakMap<object, ModelScope>();
  divided.set(model, scopeOf);
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
    if (!ofStreams.includes(event)) return emit(event, ...args);
    const all = model.rawListeners(event);
    const scope = scopes.getStore();
    const own = all.filter((listener) => scopeOf.get(originalOf(listener)) === scope);
    // Without any listener an error is thrown, as ever.
    if (own.length === all.length) return emit(event, ...args);
    for (const listener of own) Reflect.apply(listener, model, args);
    return own.length > 0;
  };
}

/** `once` wraps the listener that it is given. */
function originalOf(listener: object): object {
  return 'listener' in listener && typeof listener.listener === 'function' ? listener.listener : listener;
}
