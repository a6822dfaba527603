/** Requests in order, and the faults that are planned for them. */
export class OrderedFaults<Method extends string> {
  readonly requests: Method[] = [];
  readonly #faults: { readonly method: Method; readonly fault: () => Promise<never> }[] = [];

  #all: Error | 'hang' | undefined;

  failNext(method: Method, error: Error | 'hang'): void {
    this.#faults.push({ method, fault: () => fail(error) });
  }

  /** Lets every request fail, or hang, until the returned function is called. */
  failAll(error: Error | 'hang'): () => void {
    this.#all = error;
    return () => {
      this.#all = undefined;
    };
  }

  /** Records the request; rejects or hangs if a fault is planned for it. */
  async request(method: Method): Promise<void> {
    this.requests.push(method);
    if (this.#all !== undefined) await fail(this.#all);
    const index = this.#faults.findIndex((fault) => fault.method === method);
    const [ordered] = index < 0 ? [] : this.#faults.splice(index, 1);
    await ordered?.fault();
  }
}

async function fail(error: Error | 'hang'): Promise<never> {
  if (error !== 'hang') throw error;
  return new Promise(() => undefined);
}

/** Has the shape of the server SDK's error. */
export function notFound(message: string): Error {
  return Object.assign(new Error(message), { name: 'ServerError', status: 404, code: 'not_found' });
}
