import { freePort, isFree } from '../processes.mjs';
import { Sentence } from '../sentence.mjs';

const fixed = { BOOKING_PORT: 3000, CLINIC_PORT: 3001, MAILBOX_PORT: 3002, WORKER_PORT: 3003, IDENTITY_PORT: 3004 };

/** The ports of this start by their variables' names; one that is taken, or named twice, stops it before anything else. */
export async function choosePorts(variables, wanted) {
  const ports = {};
  for (const name of wanted) {
    const asked = variables[name];
    const port = asked ? Number(asked) : fixed[name];
    if (!Number.isInteger(port) || port < 0 || port > 65535)
      throw new Sentence(`${name} must be a port number, not "${asked}".`);
    // Nobody has promised port 3004 to anybody, so the development sign-in moves where there is room.
    const moves = port === 0 || (name === 'IDENTITY_PORT' && !asked && !(await isFree(port)));
    ports[name] = moves ? await freePort() : port;
  }
  const twice = wanted.find((name, index) => wanted.slice(0, index).some((other) => ports[other] === ports[name]));
  if (twice)
    throw new Sentence(
      `${twice} is ${ports[twice]}, which another part of Pieraksts already has; choose another port.`,
    );
  const taken = [];
  for (const name of wanted) if (!(await isFree(ports[name]))) taken.push(`${ports[name]} (${name})`);
  if (taken.length > 0) {
    const which = taken.length > 1 ? `Ports ${taken.join(', ')} are` : `Port ${taken[0]} is`;
    throw new Sentence(`${which} in use by another program; stop it, or set the variable to another port.`);
  }
  return ports;
}
