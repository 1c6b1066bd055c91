import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

/**
 * Serves on both names of this machine and on no other: not every system maps "localhost" to the same one.
 * @returns stops serving, and cuts what is still open
 */
export async function listenLocally(listener: RequestListener, port: number): Promise<() => void> {
  const fourth = createServer(listener).listen(port, '127.0.0.1');
  await once(fourth, 'listening');
  const servers = [fourth];
  const sixth = createServer(listener).listen(port, '::1');
  await once(sixth, 'listening').then(
    () => servers.push(sixth),
    // A machine without IPv6.
    () => undefined,
  );
  return () => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  };
}
