import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

/** Finding the address and reaching it may take this long together (faults.md C11). */
const connectMs = 3_000;

/** Ends a connection that is not there in time, also when no name server answers. */
function hurry(socket: Duplex | null | undefined, arrival: 'connect' | 'secureConnect'): void {
  if (!socket) return;
  const timer = setTimeout(() => socket.destroy(new Error('not reached in time')), connectMs);
  const done = (): void => clearTimeout(timer);
  socket.once(arrival, done).once('close', done);
}

class HurriedHttp extends HttpAgent {
  override createConnection(...parameters: Parameters<HttpAgent['createConnection']>): Duplex | null | undefined {
    const socket = super.createConnection(...parameters);
    hurry(socket, 'connect');
    return socket;
  }
}

class HurriedHttps extends HttpsAgent {
  override createConnection(...parameters: Parameters<HttpsAgent['createConnection']>): Duplex | null | undefined {
    const socket = super.createConnection(...parameters);
    hurry(socket, 'secureConnect');
    return socket;
  }
}

const keep = { keepAlive: true, maxSockets: 16 };
const http = new HurriedHttp(keep);
const https = new HurriedHttps(keep);

/** Connections that are there within three seconds, or not at all. */
export const hurriedAgent = ({ protocol }: { protocol: string }): HttpAgent => (protocol === 'http:' ? http : https);
