import { environment, type SmsGatewaySettings } from '#libs/platform';
import { DeliveryFailure } from '../../transports/outgoing-letter.js';
import type { OutgoingText, TextTransport } from '../../transports/text-transport.js';
import { answerUrl, receiptUrl } from '../hook-addresses.js';
import { askOnce, NoAnswer } from './ask-once.js';
import { fillFields, filledList, type Fillings } from './fill-fields.js';
import { judgeAnswer } from './judge-answer.js';

/** A gateway that takes messages by HTTP, in the way that SMS_GATEWAY describes. */
export class HttpGateway implements TextTransport {
  private readonly base: URL;
  private readonly credentials: { user: string; password: string };

  constructor(
    url: string,
    private readonly settings: SmsGatewaySettings,
  ) {
    this.base = new URL(url);
    this.credentials = {
      user: decodeURIComponent(this.base.username),
      password: decodeURIComponent(this.base.password),
    };
    this.base.username = '';
    this.base.password = '';
  }

  /**
   * Hands one message over, once.
   * @throws DeliveryFailure `answer-lost` where it may have been taken although nobody said so
   */
  async send(text: OutgoingText): Promise<{ providerId: string | null }> {
    const { onlyTo, timeoutSeconds = 10 } = this.settings;
    if (onlyTo && !onlyTo.includes(text.to)) throw new DeliveryFailure('not-allowed-here', true);
    const request = this.requestOf(text);
    try {
      const answer = await askOnce({
        ...request,
        connectWithin: Math.min(3, timeoutSeconds) * 1000,
        answerWithin: timeoutSeconds * 1000,
      });
      return { providerId: judgeAnswer(answer, this.settings) };
    } catch (thrown) {
      if (!(thrown instanceof NoAnswer)) throw thrown;
      throw thrown.hasLeft
        ? new DeliveryFailure('answer-lost', true)
        : new DeliveryFailure('server-unreachable', false);
    }
  }

  async close(): Promise<void> {
    // Every message has a connection of its own.
  }

  /** Nothing has left when this fails, so that the message is tried again. */
  private requestOf(text: OutgoingText): ReturnType<HttpGateway['request']> {
    try {
      return this.request(text);
    } catch (thrown) {
      throw new DeliveryFailure('our-fault', false, null, thrown);
    }
  }

  private request(text: OutgoingText): {
    url: URL;
    method: string;
    headers: Record<string, string>;
    body: string | null;
  } {
    const { method, format, fields, headers = {}, hasPlus = true } = this.settings.request;
    const { user, password } = this.credentials;
    const fillings: Fillings = {
      to: hasPlus ? text.to : text.to.replace(/^\+/, ''),
      from: text.sender ?? this.settings.sender ?? '',
      text: text.body,
      id: text.name ?? text.id,
      receiptUrl: receiptUrl(environment(), text.id),
      answerUrl: answerUrl(environment()) ?? '',
      user,
      password,
    };
    const url = new URL(this.base);
    const isNamed = /\{(?:user|password)\}/.test(JSON.stringify([fields, headers]));
    const basic =
      !isNamed && (user || password) ? `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` : null;
    const common = {
      accept: 'application/json, text/plain;q=0.9, */*;q=0.1',
      ...(basic !== null && { authorization: basic }),
      ...(fillFields(headers, fillings) as Record<string, string>),
    };
    if (method === 'GET' || format === 'query') {
      for (const [name, value] of filledList(fields, fillings)) url.searchParams.append(name, value);
      return { url, method, headers: common, body: null };
    }
    if (format === 'form') {
      const body = filledList(fields, fillings).toString();
      return { url, method, headers: { ...common, 'content-type': 'application/x-www-form-urlencoded' }, body };
    }
    const body = JSON.stringify(fillFields(fields, fillings));
    return { url, method, headers: { ...common, 'content-type': 'application/json' }, body };
  }
}
