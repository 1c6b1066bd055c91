import { Body, Controller, Get, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import { returnTo as safely, type StaffActor, within } from '#libs/access';
import { type AppointmentView, undoSeconds, VisitsToChange } from '#libs/appointments';
import { CalendarsOfClinic } from '#libs/calendars';
import { isId, translate } from '#libs/platform';
import { localDate } from '#libs/time';
import {
  flash,
  formOf,
  type FormState,
  Pages,
  parseForm,
  parseQuery,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withError,
} from '#libs/web';
import { reasonChoices } from '../appointment/reason-choices.js';
import { tellChoices } from '../appointment/told-or-not.js';
import { seenOf } from '../seen.js';
import { StaffOf } from '../staff-of.decorator.js';
import { StaffWords } from '../staff-words.js';
import { type Changed, ChangeSeveral, type SeveralWish } from './change-several.js';
import { mostAtOnce, SeveralForm, SeveralQuery, UndoSeveralForm } from './several.form.js';
import { practitionersFor, resultLine, severalRow } from './several.view.js';

/** Several visits at once: to somebody else, to another time, or cancelled, with an answer for each. */
@Controller(':language/several')
@UseInterceptors(StaffWords)
export class SeveralController {
  constructor(
    private readonly pages: Pages,
    private readonly calendars: CalendarsOfClinic,
    private readonly visits: VisitsToChange,
    private readonly change: ChangeSeveral,
  ) {}

  @Get()
  async show(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const parsed = parseQuery(SeveralQuery, query);
    const { ids = [], returnTo } = parsed.ok ? parsed.value : new SeveralQuery();
    return this.page(staff, ids, request, { returnTo });
  }

  @Post()
  async carryOut(
    @Body() body: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(SeveralForm, body);
    const { chosen: asked, returnTo } = parsed.form.values;
    const ids = [asked ?? []]
      .flat()
      .map((each) => each.split(':')[0] ?? '')
      .filter(isId);
    const again = (form: FormState): Promise<string> => this.page(staff, ids, request, { returnTo, form });
    if (!parsed.ok) return again(parsed.form);
    const wish = wishOf(parsed.value);
    if (typeof wish === 'string') {
      const [field = '', code = ''] = wish.split(' ');
      return again(withError(parsed.form, field, code));
    }
    const results = await this.change.run(staff, (parsed.value.chosen ?? []).map(seenOf), wish);
    return this.results(results, request, returnTo);
  }

  @Post('undo')
  async undo(
    @Body() body: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(UndoSeveralForm, body);
    const { returnTo } = parsed.form.values;
    if (!parsed.ok) return this.page(staff, [], request, { returnTo });
    const { language } = request;
    const chosen = (parsed.value.chosen ?? []).map(seenOf);
    const results = await this.change.undo(staff, chosen, parsed.value.idempotencyKey, language);
    if (results.some(({ refused }) => refused)) return this.results(results, request, returnTo);
    flash(request, { kind: 'success', key: 'moves.undone.all', args: { n: results.length } });
    return seeOther(safely(typeof returnTo === 'string' ? returnTo : undefined, pathTo(language, '/calendar')));
  }

  private async page(
    staff: StaffActor,
    ids: readonly string[],
    request: WebRequest,
    { returnTo, form }: { returnTo: unknown; form?: FormState },
  ): Promise<string> {
    const { language } = request;
    const asked = [...new Set(ids)];
    const shown = asked.slice(0, mostAtOnce);
    const views = await this.visits.run(staff, shown);
    const home = calendarOf(views[0], request, returnTo);
    const chosen = form ? new Set(shown) : null;
    const model = {
      rows: views.map((view) => severalRow(view, language, { returnTo: home, chosen })),
      missing: shown.length - views.length,
      isTooMany: asked.length > mostAtOnce,
      form: form ?? formOf({ reason: 'clinic-other' }),
      practitioners: [
        { value: '', label: translate(language, 'moves.several.to-other.choose') },
        ...practitionersFor(views, await this.calendars.run(staff.clinicId, within(staff, 'appointments.change'))),
      ],
      reasons: reasonChoices(language),
      tell: tellChoices(language),
      returnTo: home,
    };
    return this.pages.render('clinic/several', model, {
      request,
      title: translate(language, 'moves.several.title'),
      styles: ['staff.css'],
      scripts: ['shortcuts.js'],
      status: form ? 422 : 200,
    });
  }

  /** What became of each, with a way to take back what was done and another for what was not. */
  private results(results: readonly Changed[], request: WebRequest, returnTo: unknown): Promise<string> {
    const { language } = request;
    const done = results.filter(({ step, refused }) => refused === null && step !== null);
    const refused = results.filter(({ refused: each }) => each !== null);
    const home = calendarOf(results.find(({ view }) => view)?.view ?? undefined, request, returnTo);
    const again = new URLSearchParams({ ids: refused.map(({ id }) => id).join(','), returnTo: home });
    const undoable = done.filter(({ step }) => step !== 'undo');
    const model = {
      results: results.map((result) => resultLine(result, language)),
      done: done.length,
      refused: refused.length,
      undo: undoable.map(({ id, view }) => `${id}:${view?.version ?? 0}`),
      undoSeconds,
      again: refused.length > 0 ? pathTo(language, `/several?${again.toString()}`) : '',
      returnTo: home,
    };
    return this.pages.render('clinic/several-results', model, {
      request,
      title: translate(language, 'moves.several.results'),
      styles: ['staff.css'],
      scripts: ['shortcuts.js'],
    });
  }
}

/** The page that one came from, else the calendar on the day of the first visit. */
function calendarOf(view: AppointmentView | undefined, { language }: WebRequest, returnTo: unknown): string {
  const search = view
    ? `?${new URLSearchParams({ branch: view.branch.id, day: localDate(view.start, view.timeZone).toString() }).toString()}`
    : '';
  const home = pathTo(language, `/calendar${search}`);
  return safely(typeof returnTo === 'string' ? returnTo : undefined, home);
}

/** What is wanted; a text is the field and the code of what is missing. */
function wishOf(value: SeveralForm): SeveralWish | string {
  const { what, to, days = 0, minutes = 0, reason = 'clinic-other', note = null, untold = null } = value;
  const common = { untold, key: value.idempotencyKey };
  if ((value.chosen ?? []).length === 0) return 'chosen moves.several.none-chosen';
  if (what === 'move') return to ? { ...common, what, to } : 'to moves.several.who-needed';
  if (what === 'cancel') return { ...common, what, reason, note };
  return days === 0 && minutes === 0 ? 'days moves.several.shift.nothing' : { ...common, what, days, minutes };
}
