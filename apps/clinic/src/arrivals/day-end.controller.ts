import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { deskSteps, requestOf, StepAppointment, type UnclosedDay, UnclosedVisits } from '#libs/appointments';
import { Refusal, translate } from '#libs/platform';
import { parseInstant } from '#libs/time';
import { flash, Pages, parseForm, parseQuery, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { ReadAppointment } from '../appointment/read-appointment.js';
import { undoAtAnyTime } from '../appointment/undo-offer.js';
import { seenOf } from '../seen.js';
import { StaffOf } from '../staff-of.decorator.js';
import { CloseMany, type Closing } from './close-many.js';
import { DayEndForm, DayEndQuery, StepForm } from './day-end.form.js';
import { addressOf, type ClosedLine, closedLines, dayChoices, dayEndRow } from './day-end.view.js';
import { saidBeside } from './refused-step.js';

/** The day's end: visits that are over and that nobody checked in are proposed as missed; staff say what is true. */
@Controller(':language/arrivals')
export class DayEndController {
  constructor(
    private readonly pages: Pages,
    private readonly reading: ReadAppointment,
    private readonly unclosed: UnclosedVisits,
    private readonly closeMany: CloseMany,
    private readonly stepAppointment: StepAppointment,
  ) {}

  @Get()
  show(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const parsed = parseQuery(DayEndQuery, query);
    return this.page(staff, parsed.ok ? parsed.value : new DayEndQuery(), request);
  }

  @Post()
  async close(
    @Body() body: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(DayEndForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    const { decision, chosen = [], idempotencyKey: key, ...query } = parsed.value;
    const { language } = request;
    const [, word, row] = /^(missed|was-here)(?::(.+))?$/.exec(decision) ?? [];
    const closing: Closing = word === 'missed' ? 'missed' : 'was-here';
    const visits = (row ? [row] : chosen).map(seenOf);
    const back = addressOf(
      language,
      query.branch && query.day ? { branchId: query.branch, day: query.day } : undefined,
    );
    if (visits.length === 0) {
      flash(request, { kind: 'info', key: 'desk.end.none-chosen' });
      return seeOther(back);
    }
    const results = await this.closeMany.run(staff, { closing, visits, key });
    if (results.length === 1 && results[0]?.refused === null) {
      flash(request, { kind: 'success', key: `desk.end.all-${closing}`, args: { n: 1 } });
      return seeOther(back);
    }
    return this.page(staff, query, request, closedLines(results, closing, language, back));
  }

  /** The next step of one visit, from the list of a day; it leads back there. */
  @Post('step')
  async step(@Body() body: unknown, @StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    const parsed = parseForm(StepForm, body);
    const [named, ...seen] = parsed.ok ? parsed.value.step.split(':') : [];
    const step = deskSteps.find((each) => each === named);
    if (!parsed.ok || !step) throw new Refusal('invalid');
    const { id, version } = seenOf(seen.join(':'));
    const { idempotencyKey: key, returnTo } = parsed.value;
    const { language } = request;
    let refused: Refusal | null = null;
    try {
      const asked = requestOf(actor, `POST arrivals/${step}`, `${key}:${id}`, { id, version });
      await this.stepAppointment.run({ actor, id, version, step, request: asked });
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || !saidBeside.has(thrown.code)) throw thrown;
      refused = thrown;
    }
    const view = await this.reading.find(actor, id);
    if (refused)
      flash(request, { kind: 'error', key: `desk.step.${refused.code === 'not-yet' ? 'not-yet' : 'changed'}` });
    else flash(request, { kind: 'success', key: `desk.step.done.${step}`, undo: undoAtAnyTime(view, language) });
    return seeOther(this.reading.returnTo(view, returnTo, language));
  }

  private async page(
    staff: StaffActor,
    query: DayEndQuery,
    request: WebRequest,
    results: readonly ClosedLine[] = [],
  ): Promise<string> {
    const { language } = request;
    const days = await this.unclosed.days(staff, staff.clinicId);
    const chosen =
      days.find(({ branchId, day }) => branchId === query.branch && day.toString() === query.day) ??
      days.find(({ isOver }) => isOver) ??
      days[0];
    // As many as the menu says; a day that goes on has a count of its own.
    const over = days.filter(({ isOver }) => isOver);
    const { items, hasMore } = await this.visits(staff, chosen, query);
    const last = items.at(-1);
    const returnTo = addressOf(language, chosen);
    const model = {
      days: dayChoices(days, chosen, language),
      total: (over.length > 0 ? over : days).reduce((sum, { visits }) => sum + visits, 0),
      rows: items.map((visit) => dayEndRow(visit, language, returnTo)),
      isOver: items.every(({ isProposed }) => isProposed),
      hidden: chosen ? { branch: chosen.branchId, day: chosen.day.toString() } : {},
      previous: query.after ? returnTo : '',
      next: hasMore && last ? addressOf(language, chosen, `${last.start.toString()}:${last.id}`) : '',
      results,
      done: results.filter(({ isDone }) => isDone).length,
    };
    return this.pages.render('clinic/day-end', model, {
      request,
      title: translate(language, 'desk.end.title'),
      styles: ['staff.css', 'desk.css'],
      scripts: ['auto-submit.js', 'shortcuts.js', 'walk-rows.js'],
    });
  }

  private async visits(
    staff: StaffActor,
    chosen: UnclosedDay | undefined,
    { branch, after }: DayEndQuery,
  ): ReturnType<UnclosedVisits['run']> {
    if (!chosen) return { items: [], hasMore: false };
    const [, at, id] = /^(.+Z):(.+)$/.exec(after ?? '') ?? [];
    const start = parseInstant(at ?? '');
    // A page of another day is no page of this one.
    const place = start && id && branch === chosen.branchId ? { start, id } : undefined;
    return this.unclosed.run(staff, staff.clinicId, chosen, place);
  }
}
