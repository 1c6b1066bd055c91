import { createPrivateKey } from 'node:crypto';
import { createTransport, type Transporter } from 'nodemailer';
import type { Organizer } from '../invitation/invitation.js';
import { answerCodeOf, blamesSender } from '../rules/delivery-answer.js';
import { compose } from './compose.js';
import { domainOf } from './mail-from.js';
import { DeliveryFailure, type LetterTransport, type OutgoingLetter } from './outgoing-letter.js';

export interface SmtpSettings {
  /** smtp://user:password@host:port, or smtps:// for TLS from the first byte. */
  url: string;
  from: Organizer;
  /** `selector:` and a PEM key, whose line breaks may be written as \n; unset: letters are not signed here. */
  dkimKey?: string;
  /** One letter takes no longer, whatever the server does (faults.md C2). */
  timeoutMilliseconds?: number;
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);

/** nodemailer's settings for a server. @throws Error when DKIM_KEY is not `selector:PEM` with a key that can sign */
export function smtpOptions({ url, from, dkimKey, timeoutMilliseconds = 30_000 }: SmtpSettings): object {
  const server = new URL(url);
  const isSecure = server.protocol === 'smtps:';
  const isLocal = isLoopback(server.hostname);
  return {
    pool: true,
    maxConnections: 5,
    maxMessages: 100,
    // A lost connection is answered to us; trying again is the job's business.
    maxRequeues: 0,
    host: server.hostname.replace(/^\[|\]$/g, ''),
    port: Number(server.port) || (isSecure ? 465 : 587),
    secure: isSecure,
    // A server on another machine that stops offering STARTTLS gets nothing (faults.md C4).
    requireTLS: !isSecure && !isLocal,
    ...(isLocal && { ignoreTLS: !isSecure }),
    ...(server.username && {
      auth: { user: decodeURIComponent(server.username), pass: decodeURIComponent(server.password) },
    }),
    dnsTimeout: Math.min(3_000, timeoutMilliseconds),
    connectionTimeout: Math.min(10_000, timeoutMilliseconds),
    greetingTimeout: Math.min(10_000, timeoutMilliseconds),
    socketTimeout: Math.min(20_000, timeoutMilliseconds),
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkimKey !== undefined && { dkim: dkimOf(dkimKey, domainOf(from.address)) }),
  };
}

function dkimOf(dkimKey: string, domainName: string): { domainName: string; keySelector: string; privateKey: string } {
  const [, keySelector = '', pem = ''] = /^([a-z0-9][a-z0-9.-]{0,62}):(.+)$/is.exec(dkimKey.trim()) ?? [];
  const privateKey = pem.replaceAll('\\n', '\n');
  if (!isSigningKey(privateKey))
    throw new Error('DKIM_KEY must be a selector, a colon and a private RSA key of 2048 bits or more in PEM');
  return { domainName, keySelector, privateKey };
}

/** RFC 8301 § 3.2. nodemailer signs with RSA only, and with another key it says nothing and sends unsigned. */
function isSigningKey(pem: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
  } catch {
    return false;
  }
}

/** Letters over SMTP, several connections kept open. */
export class SmtpTransport implements LetterTransport {
  private readonly timeout: number;
  private readonly closed = new WeakSet<Transporter>();
  private pool: Transporter;

  constructor(private readonly settings: SmtpSettings) {
    this.timeout = settings.timeoutMilliseconds ?? 30_000;
    this.pool = this.open();
  }

  async send(letter: OutgoingLetter): Promise<string | null> {
    const message = compose(letter, this.settings.from);
    const pool = this.pool;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, refuse) => {
      timer = setTimeout(() => refuse(new DeliveryFailure('server-unreachable', false)), this.timeout);
    });
    try {
      const { response } = await Promise.race([pool.sendMail(message) as Promise<{ response?: string }>, late]);
      return answerCodeOf(response);
    } catch (thrown) {
      if (thrown instanceof DeliveryFailure) {
        // A server that answers a byte at a time would keep its connection for ever.
        if (this.pool === pool) this.pool = this.open();
        this.shut(pool);
        throw thrown;
      }
      const failure = failureOf(thrown);
      // Not ours: another letter was late, or the worker stops, and the connections were closed under this one.
      throw failure.reason === 'our-fault' && this.closed.has(pool)
        ? new DeliveryFailure('server-unreachable', false)
        : failure;
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    this.shut(this.pool);
  }

  private shut(pool: Transporter): void {
    this.closed.add(pool);
    pool.close();
  }

  private open(): Transporter {
    return createTransport(smtpOptions(this.settings));
  }
}

/** What nodemailer says of settings or of a letter, and not of the server. */
const ourCodes: ReadonlySet<string> = new Set([
  'EAUTH',
  'ENOAUTH',
  'EOAUTH2',
  'ECONFIG',
  'EMESSAGE',
  'ESTREAM',
  'EFILEACCESS',
  'EURLACCESS',
]);

/** Whether a fault without an answer of the server is ours: what the network or the encryption does has a code. */
const isOurs = (code: string | undefined): boolean =>
  code === undefined || ourCodes.has(code) || /^ERR_(?!TLS|SSL|SOCKET)/.test(code);

interface SmtpFault {
  code?: string;
  responseCode?: number;
  response?: string;
  command?: string;
}

/**
 * What a fault means for the letter. 5xx to the recipient or to the letter itself will be 5xx tomorrow (RFC 5321
 * § 4.2.1); 5xx to our sign-in or to our sender, which many servers say only when they hear the recipient, is our own
 * trouble, as what is thrown before the server is asked is, and letters wait until it is mended.
 */
export function failureOf(thrown: unknown): DeliveryFailure {
  const fault: SmtpFault = typeof thrown === 'object' && thrown !== null ? thrown : {};
  const isPermanent = (fault.responseCode ?? 0) >= 500;
  const answer = answerCodeOf(fault.response) ?? fault.responseCode?.toString() ?? null;
  if (isPermanent && fault.command === 'RCPT TO' && !blamesSender(answer))
    return new DeliveryFailure('address-refused', true, answer);
  if (isPermanent && fault.command === 'DATA') return new DeliveryFailure('letter-refused', true, answer);
  if (fault.code === 'EENVELOPE' && fault.responseCode === undefined)
    return new DeliveryFailure('address-invalid', true);
  const isSettings = isPermanent && (fault.code === 'EAUTH' || fault.command === 'MAIL FROM' || blamesSender(answer));
  if (isSettings || (fault.responseCode === undefined && isOurs(fault.code)))
    return new DeliveryFailure('our-fault', false, answer, thrown);
  const reason = fault.responseCode === undefined ? 'server-unreachable' : 'server-refused';
  return new DeliveryFailure(reason, false, answer);
}
