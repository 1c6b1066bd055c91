import { Body, Controller, Get, Inject, Post, Redirect, Req } from '@nestjs/common';
import { mayDo, type StaffActor } from '#libs/access';
import {
  BeginConnection,
  BusyCalendarsOf,
  type BusyChoice,
  isGoogleSetUp,
  OwnBusyCalendars,
  OwnCalendar,
  type WhenUnread,
  whenUnread,
} from '#libs/calendar-sync';
import { CLOCK, type Clock, Refusal, translate } from '#libs/platform';
import {
  flash,
  formOf,
  type FormState,
  Pages,
  parseForm,
  pathTo,
  RateLimit,
  seeOther,
  type SeeOther,
  type WebRequest,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { BusyCalendarsForm } from './my-calendar.form.js';
import { doctorLine, ownCalendarsModel } from './my-calendar.view.js';

const purpose = 'busy';
const styles = ['staff.css'];

/**
 * Own calendars of practitioners, in which they are busy: each connects, chooses and ends their own; everybody at the desk
 * sees whose count and which cannot be read, and never what is in them.
 */
@Controller(':language/my-calendar')
export class StaffCalendarController {
  constructor(
    private readonly pages: Pages,
    private readonly connection: OwnCalendar,
    private readonly states: BusyCalendarsOf,
    private readonly begin: BeginConnection,
    private readonly own: OwnBusyCalendars,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async show(@StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const { clinicId, practitionerId } = actor;
    const now = this.clock.now();
    const all = await this.states.clinic(actor, clinicId, now);
    const mine = practitionerId === null ? undefined : await this.connection.run({ actor, purpose });
    const busy = mine && all.find(({ connectionId }) => connectionId === mine.id);
    const seesAll = mayDo(actor, 'closures.edit', { practitionerId: null });
    return this.pages.render(
      'clinic/my-calendar',
      {
        isPractitioner: practitionerId !== null,
        isSetUp: isGoogleSetUp(),
        calendar: ownCalendarsModel(language, mine, busy),
        seesDoctors: seesAll || practitionerId === null,
        doctors: all.map((each) => doctorLine(language, each)),
      },
      { request, title: translate(language, 'busy.title'), styles },
    );
  }

  /** To Google, where the practitioner agrees or not. */
  @Post('connect')
  @RateLimit('calendar-connect', { perMinute: 20 })
  @Redirect('/', 303)
  async connect(@StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<{ url: string }> {
    if (actor.practitionerId === null) throw new Refusal('not-allowed');
    return { url: await this.begin.run({ actor, purpose, kind: 'chosen', language: request.language }) };
  }

  @Get('choose')
  choose(@StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<string | SeeOther> {
    return this.choosing(actor, request);
  }

  @Post('choose')
  async chosen(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const form = parseForm(BusyCalendarsForm, body);
    if (!form.ok) return this.choosing(actor, request, form.form);
    return this.orHome(request, async () => {
      const { calendars: calendarIds, whenUnread: unread } = form.value;
      await this.own.choose(actor, { calendarIds, whenUnread: unread });
      flash(request, { kind: 'success', key: 'busy.result.connected' });
      return this.home(request);
    });
  }

  @Post('disconnect')
  async end(@StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    await this.own.end(actor);
    flash(request, { kind: 'success', key: 'busy.result.disconnected' });
    return this.home(request);
  }

  private choosing(actor: StaffActor, request: WebRequest, sent?: FormState): Promise<string | SeeOther> {
    const { language } = request;
    return this.orHome(request, async () => {
      const { calendars, whenUnread: kept } = await this.own.among(actor);
      return this.pages.render(
        'clinic/my-calendar-choose',
        {
          form: sent ?? formOf({ whenUnread: kept }),
          calendars: calendars.map((each) => ({ value: each.id, label: each.title, isTicked: isTicked(each, sent) })),
          unread: whenUnread.map((value: WhenUnread) => ({
            value,
            label: translate(language, `busy.when-unread.${value}.label`),
            hint: translate(language, `busy.when-unread.${value}.hint`),
          })),
        },
        { request, title: translate(language, 'busy.choose.title'), status: sent ? 422 : 200, styles },
      );
    });
  }

  /** There is nothing to choose, or Google does not answer now: the page says how it stands. */
  private async orHome<Answer>(request: WebRequest, work: () => Promise<Answer>): Promise<Answer | SeeOther> {
    try {
      return await work();
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || !['busy', 'wrong-state', 'state-changed', 'invalid'].includes(thrown.code))
        throw thrown;
      if (thrown.code !== 'wrong-state') flash(request, { kind: 'error', key: `busy.choose.${thrown.code}` });
      return this.home(request);
    }
  }

  private readonly home = ({ language }: WebRequest): SeeOther => seeOther(pathTo(language, '/my-calendar'));
}

/** What was sent stays ticked when the form comes back. */
function isTicked({ id, counts }: BusyChoice, sent: FormState | undefined): boolean {
  if (!sent) return counts;
  const values: unknown = sent.values['calendars'];
  return Array.isArray(values) ? values.includes(id) : values === id;
}
