// One generator of load: a process of its own, so that it does not share an event loop with what it measures.
import autocannon from 'autocannon';

process.once('message', async ({ port, paths, seconds, connections, headers }) => {
  let asked = 0;
  const setupRequest = (request) => {
    const path = paths[asked % paths.length].replaceAll('{n}', String(asked));
    asked += 1;
    // Each request comes from an address of its own: limits are kept by address, and this is not one visitor.
    const address = `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`;
    return { ...request, path, headers: { ...headers, 'x-forwarded-for': address } };
  };
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections,
    duration: seconds,
    requests: [{ method: 'GET', path: '/', setupRequest }],
  });
  process.send({
    perSecond: result['2xx'] / result.duration,
    failed: result.non2xx + result.errors + result.timeouts,
    p99: result.latency.p99,
  });
  process.disconnect();
});
