import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database, derive, type Language, newToken, Refusal, tokenHash } from '#libs/platform';
import type { CalendarKind, Purpose } from './calendar-connection.entity.js';
import { Google } from './google/google.js';
import { isGoogleSetUp } from './google/google-settings.js';
import { redirectUri } from './google/redirect-uri.js';
import { ownerOfCalendar } from './owner-of-calendar.js';
import { scopesOf } from './rules/scopes.js';

/** Minutes within which the browser must be back. */
const minutes = 30;

/** PKCE's verifier, derived again when the browser is back and kept nowhere. */
export const verifierOf = (state: string): string => derive('calendar-consent', state).toString('base64url');

/** Sends somebody to Google to agree that their calendar is connected: code flow, PKCE, state, and the least scope. */
@Injectable()
export class BeginConnection {
  constructor(
    private readonly database: Database,
    private readonly google: Google,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param kind `own`: a calendar that we make and see alone; `chosen`: one of theirs
   * @returns where to send the browser
   * @throws Refusal `not-signed-in`; `not-found` where the operator has no client at Google; `wrong-state` while what was
   *   put before is still being taken back
   */
  async run({
    actor,
    purpose,
    kind,
    language,
  }: {
    actor: Actor;
    purpose: Purpose;
    kind: CalendarKind;
    language: Language;
  }): Promise<string> {
    const owner = ownerOfCalendar(actor, purpose);
    if (!isGoogleSetUp()) throw new Refusal('not-found');
    const [ending] = await this.database.read(
      `select from calendar_connection where account_id = $1 and purpose = $2 and state = 'ending' and not is_former`,
      [owner.accountId, purpose],
    );
    if (ending) throw new Refusal('wrong-state');
    const state = newToken();
    await this.database.read(
      `insert into calendar_consent (state_hash, session_id, account_id, purpose, calendar_kind, language, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        tokenHash(state),
        owner.sessionId,
        owner.accountId,
        purpose,
        kind,
        language,
        this.clock.now().add({ minutes }).toString(),
      ],
    );
    return this.google.consentAddress({
      redirectUri: redirectUri(purpose),
      state,
      challenge: createHash('sha256').update(verifierOf(state)).digest('base64url'),
      scopes: scopesOf(purpose, kind),
      language,
    });
  }
}
