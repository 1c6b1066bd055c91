/**
 * Gateways whose way of speaking is known, from their own documentation; SMS_GATEWAY names one and adds what differs.
 * The address and its user and password stand in SMS_GATEWAY_URL.
 */
export const smsPresets = {
  // https://messente.com/documentation/omnichannel-api (Estonia); the password signs receipts, the inbound number's
  // shared secret (incomingSecret) what people answer.
  messente: {
    request: {
      method: 'POST',
      format: 'json',
      fields: {
        to: '{to}',
        dlr_url: '{receiptUrl}',
        messages: [{ channel: 'sms', sender: '{from}', text: '{text}' }],
      },
    },
    answer: { format: 'json', id: 'messages.0.message_id', refusal: 'errors.0.code' },
    receipts: {
      id: 'message_id',
      state: 'status',
      code: 'err',
      delivered: ['DELIVRD', 'READ'],
      failed: ['UNDELIV', 'FAILED', 'UNKNOWN', 'REJECTD', 'DELETED', 'EXPIRED', 'NACK'],
    },
    incoming: { id: 'msg_id', from: 'sender', to: 'recipient', text: 'text' },
    signing: { kind: 'hmac-sha256', header: 'x-messente-signature' },
  },
  // https://www.text2reach.com/en/sms-messaging-api-documentation (Latvia): an answer of 200 holds a number, and a
  // negative one is a refusal. It calls by GET and expects OK.
  text2reach: {
    request: {
      method: 'GET',
      format: 'query',
      hasPlus: false,
      fields: {
        api_key: '{password}',
        phone: '{to}',
        from: '{from}',
        message: '{text}',
        report_url: '{receiptUrl}',
      },
    },
    answer: { format: 'text', id: '^\\s*(\\d+)\\s*$', refusal: '^\\s*(-\\d+)' },
    receipts: {
      id: 'msg_id',
      state: 'status',
      delivered: ['DELIVRD', 'DELIVERED'],
      failed: ['UNDELIV', 'UNDELIVERABLE', 'UNDELIVERED', 'EXPIRED', 'REJECTD', 'REJECTED', 'DELETED', 'FAILED'],
    },
    incoming: { id: 'msg_id', from: 'originator', to: 'recipient', text: 'message' },
    hookAnswer: 'OK',
    callsByGet: true,
  },
  // https://www.twilio.com/docs/messaging: the user is the account's SID, the password its token, which signs every call.
  twilio: {
    request: {
      method: 'POST',
      format: 'form',
      fields: { To: '{to}', From: '{from}', Body: '{text}', StatusCallback: '{receiptUrl}' },
    },
    answer: { format: 'json', id: 'sid', refusal: 'error_code' },
    receipts: {
      id: 'MessageSid',
      state: 'MessageStatus',
      code: 'ErrorCode',
      delivered: ['delivered', 'read'],
      failed: ['undelivered', 'failed', 'canceled'],
    },
    incoming: { id: 'MessageSid', from: 'From', to: 'To', text: 'Body' },
    signing: { kind: 'twilio', header: 'x-twilio-signature' },
  },
  // The usual JSON: a key in a header, the message's id in the answer, our id as the key that makes repeating harmless.
  json: {
    request: {
      method: 'POST',
      format: 'json',
      headers: { authorization: 'Bearer {password}', 'idempotency-key': '{id}' },
      fields: { to: '{to}', from: '{from}', text: '{text}', reference: '{id}', callback: '{receiptUrl}' },
    },
    answer: { format: 'json', id: 'id', refusal: 'error' },
    receipts: {
      id: 'id',
      state: 'status',
      code: 'error',
      delivered: ['delivered'],
      failed: ['failed', 'undelivered', 'expired', 'rejected'],
    },
    incoming: { id: 'id', from: 'from', to: 'to', text: 'text' },
  },
  // The local mailbox of development and the demo; its sender is a number, so that answers can be tried.
  mailbox: {
    sender: '+37160000000',
    request: {
      method: 'POST',
      format: 'json',
      isRepeatable: true,
      fields: {
        id: '{id}',
        to: '{to}',
        from: '{from}',
        text: '{text}',
        answerUrl: '{answerUrl}',
        receiptUrl: '{receiptUrl}',
      },
    },
    answer: { format: 'json', id: 'id' },
    receipts: { id: 'id', state: 'status', delivered: ['delivered'], failed: ['failed'] },
    incoming: { id: 'id', from: 'from', to: 'to', text: 'text' },
  },
} as const;
