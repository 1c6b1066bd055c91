import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import {
  CLOCK,
  type Clock,
  Database,
  Jobs,
  type Language,
  log,
  seal,
  tokenHash,
  translate,
  Turns,
} from '#libs/platform';
import { verifierOf } from './begin-connection.js';
import type { CalendarKind, Purpose } from './calendar-connection.entity.js';
import { connectionOf, isAsRead, isPermissionInUse } from './connection-rows.js';
import { failureOf } from './google/google-failure.js';
import { type Granted, Google } from './google/google.js';
import { redirectUri } from './google/redirect-uri.js';
import { leaveCalendar, tryLeftAgain } from './leave-calendar.js';
import { NoteEntries } from './note-entries.js';
import type { ConnectionResult } from './rules/connection-result.js';
import { ownerOfCalendar } from './owner-of-calendar.js';
import { isGranted } from './rules/scopes.js';

interface Consent {
  sessionId: string;
  accountId: string;
  purpose: Purpose;
  kind: CalendarKind;
  language: Language;
  expiresAt: Date;
}

/** Whoever comes back in a second tab waits so long for the first to be connected. */
const waitSeconds = 20;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 2000 ? value : undefined;

/** Takes somebody who comes back from Google, and connects their calendar. */
@Injectable()
export class FinishConnection {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly turns: Turns,
    private readonly google: Google,
    private readonly entries: NoteEntries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The way back is taken once, in the session that began it. Connecting again after it stopped goes on with the same
   * calendar and the same entries, so that nothing stands there twice (pitfall 22); what was put into another calendar is
   * taken back.
   * @param query the address that Google sent them to, as it came
   * @returns how it ended, and the language in which it began; null when that is not known
   * @throws Refusal `not-signed-in`
   */
  async run({
    actor,
    purpose,
    query,
  }: {
    actor: Actor;
    purpose: Purpose;
    query: Readonly<Record<string, unknown>>;
  }): Promise<{ result: ConnectionResult; language: Language | null }> {
    const owner = ownerOfCalendar(actor, purpose);
    const [code, state, error] = ['code', 'state', 'error'].map((name) => textOf(query[name]));
    const consent = state === undefined ? undefined : await this.take(state, purpose);
    const language = consent?.language ?? null;
    if (!consent || consent.sessionId !== owner.sessionId || consent.accountId !== owner.accountId)
      return { result: 'not-theirs', language };
    if (error !== undefined || code === undefined || state === undefined) return { result: 'denied', language };
    try {
      const verifier = verifierOf(state);
      const granted = await this.google.exchange({ redirectUri: redirectUri(purpose), code, verifier });
      // Two tabs would make two calendars.
      const turn = await this.turns.take(`calendar:${consent.accountId}`, waitSeconds, () =>
        this.connect(consent, granted),
      );
      return { result: turn.isTaken ? turn.result : 'unreachable', language };
    } catch (thrown) {
      const { fault } = failureOf(thrown);
      log.warn({ event: 'calendar.not-connected', code: fault });
      return { result: fault === 'access-ended' ? 'not-theirs' : 'unreachable', language };
    }
  }

  /** Deleted before it is used: a repeated way back finds nothing. */
  private async take(state: string, purpose: Purpose): Promise<Consent | undefined> {
    const [row] = await this.database.read<Consent>(
      `delete from calendar_consent where state_hash = $1 and purpose = $2
       returning session_id as "sessionId", account_id as "accountId", purpose, calendar_kind as kind, language,
                 expires_at as "expiresAt"`,
      [tokenHash(state), purpose],
    );
    return row && Temporal.Instant.compare(this.clock.now(), row.expiresAt.toTemporalInstant()) < 0 ? row : undefined;
  }

  private async connect(consent: Consent, { refreshToken, scope }: Granted): Promise<ConnectionResult> {
    const { purpose, kind, accountId, language } = consent;
    if (!isGranted(scope, purpose, kind)) {
      if (refreshToken !== null && !(await isPermissionInUse(this.database, accountId)))
        await this.google.revoke(refreshToken);
      return 'too-little';
    }
    if (refreshToken === null) return 'no-token';
    const former = await connectionOf(this.database, accountId, purpose);
    const generation = (former?.generation ?? 0) + 1;
    const caller = {
      id: former?.id ?? `new ${tokenHash(refreshToken).toString('hex')}`,
      generation,
      token: refreshToken,
    };
    const known = former?.kind === kind && former.failure !== 'calendar-gone' ? former.calendarId : null;
    const needsChoice = kind === 'chosen' || purpose === 'busy';
    const calendar = needsChoice ? { id: known, title: null } : await this.ownCalendar(caller, known, language);
    const isWritten = await this.database.transaction(async (tx) => {
      const now = this.clock.now();
      if (former) {
        // They disconnected or chose in another tab meanwhile: that goes before, and they may begin again.
        if (!(await isAsRead(tx, former))) return false;
        if (former.calendarId !== calendar.id)
          await leaveCalendar(tx, this.jobs, former.id, { keepsPermission: true, at: now });
        await tryLeftAgain(tx, this.jobs, accountId);
      }
      const [row] = await tx.query<{ id: string }>(
        `insert into calendar_connection (account_id, purpose, calendar_kind, language, state, generation, calendar_sealed,
                                          title_sealed, token_sealed, scope, since)
         values ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10)
         on conflict (account_id, purpose) where not is_former do update
           set calendar_kind = excluded.calendar_kind, language = excluded.language, state = excluded.state, failure = null,
               failed_at = null, generation = calendar_connection.generation + 1,
               calendar_sealed = excluded.calendar_sealed,
               title_sealed = coalesce(excluded.title_sealed,
                                       case when excluded.calendar_sealed is not null then calendar_connection.title_sealed end),
               token_sealed = excluded.token_sealed, scope = excluded.scope, since = excluded.since, last_ok_at = null
         returning id`,
        [
          accountId,
          purpose,
          kind,
          language,
          needsChoice ? 'choosing' : 'connected',
          calendar.id && seal(calendar.id),
          calendar.title && seal(calendar.title),
          seal(refreshToken),
          scope,
          now.toString(),
        ],
      );
      if (!row) throw new Error('the connection was not written');
      if (!needsChoice) await this.entries.ofConnection(tx, row.id, now);
      return true;
    });
    if (!isWritten) return 'not-theirs';
    return needsChoice ? 'choosing' : 'connected';
  }

  /** The calendar that we made, if it is still there and this permission opens it; else a new one. @throws GoogleFailure */
  private async ownCalendar(
    caller: { id: string; generation: number; token: string },
    known: string | null,
    language: Language,
  ): Promise<{ id: string; title: string }> {
    const title = translate(language, 'google.own-calendar');
    if (known !== null) {
      try {
        await this.google.ask(caller, (api) => api.calendars.get({ calendarId: known }));
        return { id: known, title };
      } catch (thrown) {
        const { fault } = failureOf(thrown);
        if (fault !== 'missing' && fault !== 'gone' && fault !== 'forbidden' && fault !== 'scope') throw thrown;
      }
    }
    const summary = title;
    const made = await this.google.ask(caller, (api) => api.calendars.insert({ requestBody: { summary } }));
    return { id: made.id ?? '', title };
  }
}
