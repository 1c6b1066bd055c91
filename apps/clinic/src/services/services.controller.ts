import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { requireStaff, type StaffActor } from '#libs/access';
import { KeepSpecialtyLimits } from '#libs/appointments';
import { CalendarsOfClinic } from '#libs/calendars';
import { Refusal, translate, wordsIn } from '#libs/platform';
import { QuestionsOfService, SaveService, ServicesOfClinic } from '#libs/profiles';
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
  withRefusal,
} from '#libs/web';
import { MakeChange } from '../changes/make-change.js';
import { StaffOf } from '../staff-of.decorator.js';
import { kindLinks, questionLines } from './questions.view.js';
import { detailsOf, LimitsForm, ServiceForm } from './service.form.js';
import { formOfService, newService, offeredIn, serviceChoices, serviceLabels, servicesModel } from './services.view.js';

const styles = ['staff.css', 'services.css'];
const scripts = ['shortcuts.js'];

/** What a clinic lets people book: the list, one service, its end, and how many visits a patient may have. */
@Controller(':language/services')
export class ServicesController {
  constructor(
    private readonly pages: Pages,
    private readonly services: ServicesOfClinic,
    private readonly questions: QuestionsOfService,
    private readonly calendars: CalendarsOfClinic,
    private readonly saveService: SaveService,
    private readonly limits: KeepSpecialtyLimits,
    private readonly makeChange: MakeChange,
  ) {}

  @Get()
  list(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.listPage(staff, request);
  }

  @Post('limits')
  async keepLimits(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(LimitsForm, body);
    if (!parsed.ok) return this.listPage(actor, request, parsed.form);
    const limits = (parsed.value.limits ?? []).map(({ specialtyId, most }) => ({
      specialtyId,
      mostFuture: most ?? null,
    }));
    await this.limits.run({ actor, clinicId: actor.clinicId, limits });
    flash(request, { kind: 'success', key: 'services.staff.limits-saved' });
    return seeOther(pathTo(request.language, '/services'));
  }

  @Get('new')
  async ask(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    requireStaff(staff, staff.clinicId, 'profile.edit');
    return this.page(null, newService(), staff, request);
  }

  @Post('new')
  add(@Body() body: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string | SeeOther> {
    return this.save(null, body, staff, request);
  }

  @Get(':id')
  async show(
    @Param('id', IdPipe) id: string,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const service = await this.services.one(staff, staff.clinicId, id);
    return this.page(id, formOfService(service), staff, request);
  }

  @Post(':id')
  change(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    return this.save(id, body, staff, request);
  }

  @Get(':id/end')
  async askEnd(
    @Param('id', IdPipe) id: string,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const { language } = request;
    const service = await this.services.one(staff, staff.clinicId, id);
    if (!service.active) throw new Refusal('wrong-state');
    const model = { name: wordsIn(language, service.name), self: pathTo(language, '/services/', id) };
    const title = translate(language, 'services.staff.end-title');
    return this.pages.render('clinic/services-end', model, { request, title, styles, scripts });
  }

  /** Nobody is inside: it ends at once. Else the next page asks about each of them. */
  @Post(':id/end')
  async end(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    const { active } = await this.services.one(actor, actor.clinicId, id);
    if (!active) return seeOther(pathTo(request.language, '/services'));
    const asked = await this.makeChange.run(actor, request, { kind: 'end-service', serviceId: id, calendarIds: null });
    if (asked) return asked;
    flash(request, { kind: 'success', key: 'services.staff.end-done' });
    return seeOther(pathTo(request.language, '/services'));
  }

  private async save(
    id: string | null,
    body: unknown,
    actor: StaffActor,
    request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(ServiceForm, body);
    if (!parsed.ok) return this.page(id, parsed.form, actor, request, 422);
    try {
      const saved = await this.saveService.run({
        actor,
        clinicId: actor.clinicId,
        id,
        details: detailsOf(parsed.value),
      });
      flash(request, { kind: 'success', key: id === null ? 'services.staff.added' : 'services.staff.saved' });
      return seeOther(pathTo(request.language, '/services/', saved.id));
    } catch (thrown) {
      return this.page(id, withRefusal(parsed.form, thrown), actor, request, 422);
    }
  }

  private async listPage(staff: StaffActor, request: WebRequest, sent?: FormState): Promise<string> {
    const { language } = request;
    const { clinicId } = staff;
    const [services, limits] = await Promise.all([
      this.services.all(staff, clinicId, language),
      this.limits.of(staff, clinicId),
    ]);
    const specialties = new Map(
      services.filter(({ active }) => active).map((each) => [each.specialtyId, each.specialty]),
    );
    const known = new Map(limits.map(({ specialtyId, mostFuture }) => [specialtyId, mostFuture]));
    const rows = [...specialties].map(([id, name], n) => ({
      field: `limits.${n}.most`,
      hidden: { [`limits.${n}.specialtyId`]: id },
      label: wordsIn(language, name),
    }));
    const values = Object.fromEntries([...specialties.keys()].map((id, n) => [`limits.${n}.most`, known.get(id)]));
    const model = {
      ...servicesModel(language, services),
      limits: rows,
      labels: Object.fromEntries(rows.map(({ field, label }) => [field, label])),
      form: sent ?? formOf(values),
    };
    const title = translate(language, 'services.staff.title');
    const status = sent ? 422 : 200;
    return this.pages.render('clinic/services', model, { request, title, status, styles, scripts });
  }

  private async page(
    id: string | null,
    form: FormState,
    staff: StaffActor,
    request: WebRequest,
    status = 200,
  ): Promise<string> {
    const { language } = request;
    const service = id === null ? null : await this.services.one(staff, staff.clinicId, id);
    const [specialties, calendars, questions] = await Promise.all([
      this.services.specialties(language),
      id === null ? [] : this.calendars.run(staff.clinicId),
      id === null ? [] : this.questions.run(staff, staff.clinicId, id),
    ]);
    const self = id === null ? pathTo(language, '/services/new') : pathTo(language, '/services/', id);
    const title = service ? wordsIn(language, service.name) : translate(language, 'services.staff.new-title');
    const model = {
      ...serviceChoices(language, specialties, form),
      title,
      form,
      labels: serviceLabels(language),
      self,
      isNew: id === null,
      isEnded: service?.active === false,
      calendars: id === null ? [] : offeredIn(language, id, calendars),
      questions: questionLines(language, self, questions),
      kinds: kindLinks(language, self),
    };
    return this.pages.render('clinic/services-edit', model, { request, title, status, styles, scripts });
  }
}
