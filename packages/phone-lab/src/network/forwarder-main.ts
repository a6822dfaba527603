import { parentPort } from 'node:worker_threads';
import { ForwardedRoute } from './forwarded-route.js';
import type { ForwarderMessage, ForwarderRequest } from './forwarder-messages.js';
import { parseNetworkFaults } from './line-network.js';

/**
 * The program of the thread that packets go through. It has an event loop of its own, so that a busy test holds up no
 * packet.
 */
const lab = parentPort;
if (!lab) throw new Error('the forwarder is a program for a worker thread');

/** How often sockets are looked for that no client uses any more, ms. */
const sweepMs = 5000;

const routes = new Map<number, ForwardedRoute>();
const say = (message: ForwarderMessage): void => lab.postMessage(message, []);

function routeOf(id: number): ForwardedRoute {
  const found = routes.get(id);
  if (found) return found;
  const route = new ForwardedRoute(parseNetworkFaults({}, 'faults'), () => say({ silent: id }));
  routes.set(id, route);
  return route;
}

async function act(request: ForwarderRequest): Promise<number | undefined> {
  switch (request.do) {
    case 'open':
      return routeOf(request.route).open(request);
    case 'rules':
      routeOf(request.route).rules = request.rules;
      return undefined;
    case 'watch':
      routeOf(request.route).watch(request.limits);
      return undefined;
    case 'key':
      routeOf(request.route).noteKey();
      return undefined;
    case 'close':
      await routes.get(request.route)?.close();
      routes.delete(request.route);
      return undefined;
  }
}

setInterval(() => {
  for (const route of routes.values()) route.closeIdle(performance.now());
}, sweepMs).unref();

lab.on('message', (request: ForwarderRequest) => {
  void act(request).then((port) => say({ answers: request.id, port }));
});
