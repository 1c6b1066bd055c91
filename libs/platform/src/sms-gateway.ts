import { plainToInstance, Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
  validateSync,
  type ValidationError,
} from 'class-validator';
import { smsPresets } from './sms-presets.js';

/**
 * How a message is handed over. Texts may hold {to}, {from}, {text}, {id}, {receiptUrl}, {answerUrl}, {user} and {password},
 * and nothing else.
 */
export class SmsRequest {
  @IsIn(['GET', 'POST']) method: 'GET' | 'POST';
  @IsIn(['json', 'form', 'query']) format: 'json' | 'form' | 'query';
  /** Of JSON a tree, of the others a flat list of names. A field that is left empty is left out. */
  @IsObject() fields: Record<string, unknown>;
  @IsOptional() @IsObject() headers?: Record<string, string>;
  /** Whether a number begins with its +. */
  @IsOptional() @IsBoolean() hasPlus?: boolean;
  /** The gateway knows a message by its {id} and sends it once, however often it is handed over. */
  @IsOptional() @IsBoolean() isRepeatable?: boolean;
}

/** How a gateway says that it has taken a message. JSON: dotted paths; text: patterns with one group. */
export class SmsAnswer {
  @IsIn(['json', 'text']) format: 'json' | 'text';
  /** Where its own name for the message stands; without one the message was not taken, whatever the status says. */
  @IsString() @MaxLength(200) id: string;
  /** What is there only when it was refused. */
  @IsOptional() @IsString() @MaxLength(200) refusal?: string;
}

/** What a receipt holds, by the names of its fields. */
export class SmsReceipts {
  @IsString() @MaxLength(100) id: string;
  @IsString() @MaxLength(100) state: string;
  @IsOptional() @IsString() @MaxLength(100) code?: string;
  /** Compared without regard to letter case; every other state says nothing final. */
  @IsArray() @IsString({ each: true }) delivered: string[];
  @IsArray() @IsString({ each: true }) failed: string[];
}

/** What an answer of a person holds, by the names of its fields. */
export class SmsIncoming {
  @IsString() @MaxLength(100) id: string;
  @IsString() @MaxLength(100) from: string;
  @IsOptional() @IsString() @MaxLength(100) to?: string;
  @IsString() @MaxLength(100) text: string;
}

/** How a gateway proves that a call is its own. */
export class SmsSigning {
  /** `hmac-sha256`: of the body, in hexadecimal; `twilio`: HMAC-SHA1 of address and sorted fields, base64. */
  @IsIn(['hmac-sha256', 'twilio']) kind: 'hmac-sha256' | 'twilio';
  @Matches(/^[a-z0-9-]{1,60}$/) header: string;
}

/** The gateway that takes short messages: a preset, and what differs from it. */
export class SmsGatewaySettings {
  @IsOptional() @IsIn(Object.keys(smsPresets)) preset?: string;
  @ValidateNested() @Type(() => SmsRequest) @IsObject() request: SmsRequest;
  @ValidateNested() @Type(() => SmsAnswer) @IsObject() answer: SmsAnswer;
  @IsOptional() @ValidateNested() @Type(() => SmsReceipts) receipts?: SmsReceipts;
  @IsOptional() @ValidateNested() @Type(() => SmsIncoming) incoming?: SmsIncoming;
  @IsOptional() @ValidateNested() @Type(() => SmsSigning) signing?: SmsSigning;
  /** Keys of signatures where they differ from the password of SMS_GATEWAY_URL. */
  @IsOptional() @IsString() @MinLength(8) @MaxLength(400) receiptSecret?: string;
  @IsOptional() @IsString() @MinLength(8) @MaxLength(400) incomingSecret?: string;
  /** Stands in the address that answers are sent to, where calls are not signed. */
  @IsOptional() @Matches(/^[\w-]{20,200}$/) hookKey?: string;
  /** What a call is answered with; nothing unless told. */
  @IsOptional() @IsString() @MaxLength(20) hookAnswer?: string;
  /** Whether the gateway calls by GET. */
  @IsOptional() @IsBoolean() callsByGet?: boolean;
  /** Who a message is from at a clinic that has not said. */
  @IsOptional() @IsString() @MaxLength(16) sender?: string;
  /** The only numbers that anything goes to: for a copy of the portal with real people in it (faults.md H14). */
  @IsOptional() @IsArray() @Matches(/^\+\d{7,15}$/, { each: true }) onlyTo?: string[];
  @IsOptional() @IsInt() @Min(1) @Max(10) timeoutSeconds?: number;
}

const groups = ['request', 'answer', 'receipts', 'incoming', 'signing'] as const;

/** Reads SMS_GATEWAY; what cannot be read stays as it is and is told by `smsGatewayProblems`. */
export function readSmsGateway(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  let own: Record<string, unknown>;
  try {
    own = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return text;
  }
  if (typeof own !== 'object' || own === null) return text;
  const preset = (smsPresets as Record<string, Record<string, unknown> | undefined>)[String(own['preset'])] ?? {};
  const merged: Record<string, unknown> = { ...preset, ...own };
  for (const group of groups) {
    const parts = [preset[group], own[group]].filter((part) => typeof part === 'object' && part !== null);
    if (parts.length > 0) merged[group] = Object.assign({}, ...parts);
  }
  return plainToInstance(SmsGatewaySettings, merged);
}

const isLoopback = (host: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(host);

const known: ReadonlySet<string> = new Set('to from text id receiptUrl answerUrl user password'.split(' '));
const unknownPlaceholders = (value: unknown): string[] =>
  [...JSON.stringify(value ?? '').matchAll(/\{([A-Za-z]\w*)\}/g)]
    .map(([, name]) => name ?? '')
    .filter((n) => !known.has(n));

const isPattern = (text: string | undefined): boolean => {
  try {
    return Boolean(new RegExp(text ?? ''));
  } catch {
    return false;
  }
};

function membersOf(errors: readonly ValidationError[], prefix = ''): string[] {
  return errors.flatMap(({ property, constraints, children }) => [
    ...Object.values(constraints ?? {}).map((words) => `${prefix}${words}`),
    ...membersOf(children ?? [], `${prefix}${property}.`),
  ]);
}

/** What is wrong with the gateway's address and settings, by their outside names and without values. */
export function smsGatewayProblems(url: string | undefined, gateway: unknown, isProduction: boolean): string[] {
  if (url === undefined) return gateway === undefined ? [] : ['SMS_GATEWAY: needs SMS_GATEWAY_URL'];
  const problems: string[] = [];
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address || !/^https?:$/.test(address.protocol)) problems.push('SMS_GATEWAY_URL: must be an https:// address');
  else if (address.protocol === 'http:' && !isLoopback(address.hostname)) {
    problems.push('SMS_GATEWAY_URL: needs https:// unless it is on this machine');
  }
  if (!(gateway instanceof SmsGatewaySettings)) {
    return [
      ...problems,
      gateway === undefined
        ? 'SMS_GATEWAY: says how to speak to SMS_GATEWAY_URL'
        : 'SMS_GATEWAY: must be a JSON object',
    ];
  }
  const errors = validateSync(gateway, { whitelist: true, forbidNonWhitelisted: true });
  problems.push(...membersOf(errors).map((words) => `SMS_GATEWAY: ${words}`));
  for (const name of unknownPlaceholders([gateway.request?.fields, gateway.request?.headers])) {
    problems.push(`SMS_GATEWAY: {${name}} is no placeholder`);
  }
  if (gateway.answer?.format === 'text') {
    if (![gateway.answer.id, gateway.answer.refusal].every(isPattern)) {
      problems.push('SMS_GATEWAY: answer.id and answer.refusal must be patterns where the answer is text');
    }
  }
  if (isProduction && gateway.preset === 'mailbox') problems.push('SMS_GATEWAY: the mailbox is refused in production');
  return problems;
}
