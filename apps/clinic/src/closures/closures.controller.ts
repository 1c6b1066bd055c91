import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { mayDo, type StaffActor } from '#libs/access';
import { UpcomingVisits } from '#libs/appointments';
import { BusyCalendarsOf } from '#libs/calendar-sync';
import {
  CalendarsOfClinic,
  type ClinicBranchChoice,
  type ClinicCalendar,
  type ClinicClosure,
  type ClosableRoom,
  type ClosureScope,
  ClosuresOfClinic,
} from '#libs/calendars';
import { CLOCK, type Clock, type Language, Refusal, translate } from '#libs/platform';
import { localDate } from '#libs/time';
import {
  flash,
  formOf,
  type FormState,
  IdPipe,
  Pages,
  parseForm,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withError,
} from '#libs/web';
import { MakeChange } from '../changes/make-change.js';
import { outsideVisits } from '../hours/hours.view.js';
import { StaffOf } from '../staff-of.decorator.js';
import { timesOfForm } from './closure-wish.js';
import { ClosureForm, rhythms } from './closure.form.js';
import { busyLine, closureLine } from './closures.view.js';
import { mayCloseAll } from './may-close-all.js';

/** Times when nobody, a branch, one practitioner or a room can be booked, once or again and again. */
@Controller(':language/closures')
export class ClosuresController {
  constructor(
    private readonly pages: Pages,
    private readonly calendars: CalendarsOfClinic,
    private readonly closures: ClosuresOfClinic,
    private readonly visits: UpcomingVisits,
    private readonly makeChange: MakeChange,
    private readonly ownCalendars: BusyCalendarsOf,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  show(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.page(staff, request);
  }

  @Post()
  async add(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(ClosureForm, body);
    if (!parsed.ok) return this.page(actor, request, parsed.form);
    const { scope, reason, publicReason } = parsed.value;
    const [kind = '', id = ''] = scope.split(':');
    const branches = await this.calendars.branches(actor.clinicId, actor.branchIds);
    const zone = (branches.find((branch) => branch.id === id) ?? branches[0])?.zone ?? 'Europe/Riga';
    const times = timesOfForm(parsed.value, zone, this.clock.now());
    if ('field' in times) return this.page(actor, request, withError(parsed.form, times.field, times.code));
    const asked = await this.makeChange.run(actor, request, {
      kind: 'close',
      scope: {
        clinicId: actor.clinicId,
        branchId: kind === 'branch' ? id : null,
        resourceId: kind === 'resource' ? id : null,
      },
      times,
      reason: reason ?? null,
      publicReason: publicReason ?? null,
    });
    return asked ?? this.done(request, 'days.closures.added');
  }

  @Post(':id/reopen')
  takeBack(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    return this.open(actor, request, [id]);
  }

  @Post('series/:series/reopen')
  async takeSeriesBack(
    @Param('series', IdPipe) series: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    const closures = await this.closures.run(actor, actor.clinicId);
    const found = closures.find(({ id, isSeries }) => isSeries && id === series);
    if (!found) throw new Refusal('not-found');
    return this.open(
      actor,
      request,
      found.times.map(({ id }) => id),
    );
  }

  private async open(actor: StaffActor, request: WebRequest, ids: readonly string[]): Promise<SeeOther> {
    const asked = await this.makeChange.run(actor, request, { kind: 'reopen', closureIds: ids });
    return asked ?? this.done(request, 'clinic.closures.reopened');
  }

  private done(request: WebRequest, key: string): SeeOther {
    flash(request, { kind: 'success', key });
    return seeOther(pathTo(request.language, '/closures'));
  }

  private async page(staff: StaffActor, request: WebRequest, sent?: FormState): Promise<string> {
    const { language } = request;
    const [branches, calendars, rooms, closures, orphaned, busy] = await Promise.all([
      this.calendars.branches(staff.clinicId, staff.branchIds),
      this.calendars.run(staff.clinicId),
      this.closures.rooms(staff.clinicId),
      this.closures.run(staff, staff.clinicId),
      this.visits.orphaned(staff, staff.clinicId),
      this.ownCalendars.clinic(staff, staff.clinicId, this.clock.now()),
    ]);
    const today = localDate(this.clock.now(), branches[0]?.zone ?? 'Europe/Riga');
    const mayClose = (place: Pick<ClosureScope, 'branchId' | 'resourceId'>): boolean =>
      place.resourceId !== null && !rooms.some(({ id }) => id === place.resourceId)
        ? mayCloseAll(calendars, staff, place.resourceId)
        : mayDo(staff, 'closures.edit', { branchId: place.branchId });
    const scopes = scopesOf({ branches, calendars, rooms }, mayClose, language);
    const model = {
      scopes,
      mayAdd: scopes.length > 0,
      form: sent ?? formOf({ from: today.toString(), allDay: true, repeat: 'once' }),
      rhythms: rhythms.map((value) => ({ value, label: rhythmWords(value, language) })),
      closures: closures.map((closure) => closureLine(closure, language, mayClose(placeOf(closure, rooms)))),
      busy: busy.map((each) => busyLine(each, language)),
      outside: outsideVisits(orphaned, language, pathTo(language, '/closures')),
    };
    return this.pages.render('clinic/closures', model, {
      request,
      title: translate(language, 'clinic.closures.title'),
      status: sent ? 422 : 200,
      styles: ['staff.css', 'days.css'],
      scripts: ['shortcuts.js'],
    });
  }
}

const rhythmWords = (rhythm: (typeof rhythms)[number], language: Language): string => {
  if (rhythm === 'once') return translate(language, 'days.closures.once');
  if (rhythm === '1') return translate(language, 'days.closures.daily');
  return translate(language, 'days.closures.every', { n: Number(rhythm) / 7 });
};

/** Where a closure holds; that of a room, where the room is. */
const placeOf = (
  { branchId, resourceId }: ClinicClosure,
  rooms: readonly ClosableRoom[],
): Pick<ClosureScope, 'branchId' | 'resourceId'> => ({
  branchId: rooms.find(({ id }) => id === resourceId)?.branchId ?? branchId,
  resourceId,
});

/** Whom or what a member of staff may close. */
function scopesOf(
  clinic: { branches: ClinicBranchChoice[]; calendars: ClinicCalendar[]; rooms: ClosableRoom[] },
  mayClose: (place: Pick<ClosureScope, 'branchId' | 'resourceId'>) => boolean,
  language: Language,
): { value: string; label: string }[] {
  const people = [...new Map(clinic.calendars.map((calendar) => [calendar.resourceId, calendar])).values()];
  return [
    ...(mayClose({ branchId: null, resourceId: null })
      ? [{ value: 'clinic', label: translate(language, 'clinic.closures.whole-clinic') }]
      : []),
    ...clinic.branches
      .filter(({ id }) => mayClose({ branchId: id, resourceId: null }))
      .map(({ id, name }) => ({ value: `branch:${id}`, label: name })),
    ...people
      .filter(({ practitionerId: resourceId }) => resourceId !== null && mayClose({ branchId: null, resourceId }))
      .map(({ resourceId, name }) => ({ value: `resource:${resourceId}`, label: name })),
    ...clinic.rooms
      .filter((room) => mayClose({ branchId: room.branchId, resourceId: room.id }))
      .map(({ id, name, branch }) => ({
        value: `resource:${id}`,
        label: branch ? `${name} (${branch})` : name,
      })),
  ];
}
