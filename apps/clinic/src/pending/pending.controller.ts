import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { type PendingAppointment, PendingOfClinic, reasonCodes } from '#libs/appointments';
import { CalendarsOfClinic } from '#libs/calendars';
import { type Language, translate } from '#libs/platform';
import { parseDate } from '#libs/time';
import {
  flash,
  formOf,
  type FormState,
  LanguageOf,
  Pages,
  parseForm,
  parseQuery,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { type Decided, DecideMany } from './decide-many.js';
import { DecideForm, PendingQuery } from './pending.form.js';
import { pendingRow, resultLines } from './pending.view.js';

const dayOf = (text: string | undefined): Temporal.PlainDate | undefined => (text && parseDate(text)) || undefined;

const searchOf = ({ branch, from, to }: PendingQuery): string =>
  new URLSearchParams(
    Object.entries({ branch, from, to }).filter((each): each is [string, string] => Boolean(each[1])),
  ).toString();

/** Requests that wait for the clinic: seen, confirmed or rejected, one or many at once. */
@Controller(':language/pending')
export class PendingController {
  constructor(
    private readonly pages: Pages,
    private readonly pending: PendingOfClinic,
    private readonly calendars: CalendarsOfClinic,
    private readonly decide: DecideMany,
  ) {}

  @Get()
  async show(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const parsed = parseQuery(PendingQuery, query);
    return this.page(staff, parsed.ok ? parsed.value : new PendingQuery(), request, {});
  }

  @Post()
  async answer(
    @Body() body: unknown,
    @StaffOf() staff: StaffActor,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(DecideForm, body);
    if (!parsed.ok) return this.page(staff, new PendingQuery(), request, { form: parsed.form });
    const { value } = parsed;
    const kind = value.one ? 'confirm' : (value.decision ?? 'confirm');
    const requests = (value.one ? [value.one.slice('confirm:'.length)] : (value.chosen ?? [])).map((seen) => {
      const [id = '', version = ''] = seen.split(':');
      return { id, version: Number(version) };
    });
    const back = pathTo(language, `/pending?${searchOf(value)}`);
    if (requests.length === 0) {
      flash(request, { kind: 'info', key: 'clinic.pending.none-chosen' });
      return seeOther(back);
    }
    const { items: before } = await this.rows(staff, value);
    const reason = value.reason ?? 'clinic-other';
    const note = value.note ?? null;
    const results = await this.decide.run(staff, { kind, requests, reason, note, key: value.idempotencyKey });
    if (results.every(({ refused }) => refused === null)) {
      flash(request, { kind: 'success', key: `clinic.pending.all-${kind}`, args: { n: results.length } });
      return seeOther(back);
    }
    return this.page(staff, value, request, { answered: { results, kind, before } });
  }

  private rows(
    staff: StaffActor,
    { branch, from, to }: PendingQuery,
  ): Promise<{ items: PendingAppointment[]; now: Temporal.Instant }> {
    const first = dayOf(from);
    const last = dayOf(to);
    return this.pending.run(staff, staff.clinicId, {
      ...(branch !== undefined && { branchId: branch }),
      ...(first && { from: first }),
      ...(last && { to: last }),
    });
  }

  private async page(
    staff: StaffActor,
    query: PendingQuery,
    request: WebRequest,
    told: {
      form?: FormState;
      answered?: { results: Decided[]; kind: 'confirm' | 'reject'; before: PendingAppointment[] };
    },
  ): Promise<string> {
    const { language } = request;
    const [{ items: rows, now }, branches] = await Promise.all([
      this.rows(staff, query),
      this.calendars.branches(staff.clinicId),
    ]);
    const returnTo = pathTo(language, `/pending?${searchOf(query)}`);
    const { answered } = told;
    const model = {
      rows: rows.map((row) => pendingRow(row, now, language, returnTo)),
      filter: formOf({ branch: query.branch, from: query.from, to: query.to }),
      isFiltered: searchOf(query) !== '',
      branches: [
        { value: '', label: translate(language, 'clinic.all-branches') },
        ...branches.map(({ id, name }) => ({ value: id, label: name })),
      ],
      hidden: Object.fromEntries(
        Object.entries({ branch: query.branch, from: query.from, to: query.to }).filter(([, value]) => value),
      ),
      form: told.form ?? formOf({ reason: 'clinic-other' }),
      reasons: reasonCodes
        .filter((code) => code !== 'expired')
        .map((code) => ({ value: code, label: translate(language, `clinic.reasons.${code}`) })),
      results: answered
        ? resultLines(answered.results, answered.kind, new Map(answered.before.map((row) => [row.id, row])), language)
        : [],
    };
    return this.pages.render('clinic/pending', model, {
      request,
      title: translate(language, 'clinic.pending.title'),
      styles: ['staff.css'],
      scripts: ['auto-submit.js', 'shortcuts.js'],
      status: told.form ? 422 : 200,
    });
  }
}
