import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import { mayDo, type StaffActor, within } from '#libs/access';
import {
  type PendingAppointment,
  PendingOfClinic,
  type PendingPage,
  type PendingPlace,
  undoSeconds,
} from '#libs/appointments';
import { CalendarsOfClinic } from '#libs/calendars';
import { type Language, translate } from '#libs/platform';
import { parseDate, parseInstant } from '#libs/time';
import {
  filled,
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
import { reasonChoices } from '../appointment/reason-choices.js';
import { tellChoices } from '../appointment/told-or-not.js';
import { undoOffer } from '../appointment/undo-offer.js';
import { seenOf } from '../seen.js';
import { StaffOf } from '../staff-of.decorator.js';
import { DecideMany } from './decide-many.js';
import { DecideForm, PendingQuery } from './pending.form.js';
import { pendingRow, type ResultLine, resultLines } from './pending.view.js';

const dayOf = (text: string | undefined): Temporal.PlainDate | undefined => (text && parseDate(text)) || undefined;

const filterOf = ({ branch, practitioner, from, to }: PendingQuery): Record<string, string> =>
  filled({ branch, practitioner, from, to });

const addressOf = (language: Language, query: PendingQuery, page = query.page): string => {
  const search = new URLSearchParams({ ...filterOf(query), ...(page && { page }) }).toString();
  return pathTo(language, `/pending${search && `?${search}`}`);
};

function placeOf({ page }: PendingQuery): PendingPlace | undefined {
  const [, side, at, id] = /^(after|before):(.+Z):(.+)$/.exec(page ?? '') ?? [];
  const askedAt = parseInstant(at ?? '');
  if (!side || !askedAt || !id) return undefined;
  return { side: side === 'after' ? 'after' : 'before', askedAt, id };
}

const edge = (side: 'after' | 'before', row: PendingAppointment | undefined): string =>
  row ? `${side}:${row.askedAt.toString({ smallestUnit: 'millisecond' })}:${row.id}` : '';

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
    const requests = (value.one ? [value.one.slice('confirm:'.length)] : (value.chosen ?? [])).map(seenOf);
    const back = addressOf(language, value);
    if (requests.length === 0) {
      flash(request, { kind: 'info', key: 'clinic.pending.none-chosen' });
      return seeOther(back);
    }
    const { reason = 'clinic-other', note = null, untold = null, idempotencyKey: key } = value;
    const results = await this.decide.run(staff, { kind, requests, reason, note, untold, key });
    const undo = kind === 'reject' ? results.filter(({ refused }) => refused === null) : [];
    if (results.length === 1 && results[0]?.refused === null) {
      const now = undo[0]?.now;
      flash(request, {
        kind: 'success',
        key: `clinic.pending.all-${kind}`,
        args: { n: 1 },
        ...(now && { undo: undoOffer(now, language) }),
      });
      return seeOther(back);
    }
    return this.page(staff, value, request, {
      results: resultLines(results, kind, language, back),
      undo: undo.flatMap(({ id, now }) => (now ? [`${id}:${now.version}`] : [])),
    });
  }

  /** The page that was asked for; the first one where everything on it has been answered meanwhile. */
  private async rows(staff: StaffActor, query: PendingQuery): Promise<PendingPage> {
    const { branch: branchId, practitioner: resourceId, from, to } = query;
    const filter = { branchId, resourceId, from: dayOf(from), to: dayOf(to) };
    const place = placeOf(query);
    const page = await this.pending.run(staff, staff.clinicId, filter, place);
    return place && page.items.length === 0 ? this.pending.run(staff, staff.clinicId, filter) : page;
  }

  private async page(
    staff: StaffActor,
    query: PendingQuery,
    request: WebRequest,
    told: { form?: FormState; results?: ResultLine[]; undo?: string[] },
  ): Promise<string> {
    const { language } = request;
    const [{ items, total, hasBefore, hasAfter, now }, branches, calendars] = await Promise.all([
      this.rows(staff, query),
      this.calendars.branches(staff.clinicId, staff.branchIds),
      this.calendars.run(staff.clinicId, within(staff, 'appointments.decide')),
    ]);
    const returnTo = addressOf(language, query);
    const mayDecide = (practitionerId: string, branchId: string): boolean =>
      mayDo(staff, 'appointments.decide', { practitionerId, branchId });
    const practitioners = [
      ...new Map(
        calendars
          .filter(({ resourceId, branch }) => mayDecide(resourceId, branch.id))
          .map(({ resourceId, name }) => [resourceId, name]),
      ),
    ];
    const { results = [] } = told;
    const model = {
      rows: items.map((row) => pendingRow(row, now, language, returnTo)),
      total,
      filter: formOf(filterOf(query)),
      isFiltered: Object.keys(filterOf(query)).length > 0,
      branches: [
        { value: '', label: translate(language, 'clinic.all-branches') },
        ...branches
          .filter(({ id }) => staff.branchIds === null || staff.branchIds.includes(id))
          .map(({ id, name }) => ({ value: id, label: name })),
      ],
      practitioners: [
        { value: '', label: translate(language, 'desk.pending.everyone') },
        ...practitioners.map(([value, label]) => ({ value, label })),
      ],
      hidden: { ...filterOf(query), ...(query.page && { page: query.page }) },
      previous: hasBefore ? addressOf(language, query, edge('before', items[0])) : '',
      next: hasAfter ? addressOf(language, query, edge('after', items.at(-1))) : '',
      form: told.form ?? formOf({ reason: 'clinic-other' }),
      reasons: reasonChoices(language),
      untold: tellChoices(language),
      undo: told.undo ?? [],
      undoSeconds,
      returnTo,
      results,
      done: results.filter(({ isDone }) => isDone).length,
    };
    return this.pages.render('clinic/pending', model, {
      request,
      title: translate(language, 'clinic.pending.title'),
      styles: ['staff.css', 'desk.css'],
      scripts: ['auto-submit.js', 'shortcuts.js', 'walk-rows.js', 'changed-rows.js'],
      status: told.form ? 422 : 200,
    });
  }
}
