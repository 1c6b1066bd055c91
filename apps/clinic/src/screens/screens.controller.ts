import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { requireSomewhere } from '#libs/access';
import { CalendarsOfClinic } from '#libs/calendars';
import { type Language, languages, Refusal, translate } from '#libs/platform';
import { type ClinicScreen, KeepScreen, RenewScreenKey, RevokeScreen, ScreensOfClinic } from '#libs/screens';
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
import { StaffOf } from '../staff-of.decorator.js';
import { ScreenForm } from './screen.form.js';
import { addressOf, boxesOf, namesOf, screenLine } from './screens.view.js';

const styles = ['staff.css'];

/** Setting up the screens of waiting rooms. */
@Controller(':language/screens')
export class ScreensController {
  constructor(
    private readonly pages: Pages,
    private readonly screens: ScreensOfClinic,
    private readonly calendars: CalendarsOfClinic,
    private readonly keep: KeepScreen,
    private readonly renewKey: RenewScreenKey,
    private readonly revokeScreen: RevokeScreen,
  ) {}

  @Get()
  async list(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const screens = await this.screens.run(staff, staff.clinicId);
    const names = namesOf(await this.calendars.run(staff.clinicId));
    const model = { screens: screens.map((screen) => screenLine(screen, names, language)) };
    const title = translate(language, 'paper.screens.title');
    return this.pages.render('clinic/screens', model, { request, title, styles });
  }

  @Get('new')
  async ask(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    requireSomewhere(staff, staff.clinicId, 'screens.edit');
    const form = formOf({ newId: randomUUID(), language: request.language, calledMinutes: 10 });
    return this.page(null, form, staff, request);
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
    const screen = await this.find(staff, id);
    const { name, branch, resourceIds, sound, calledMinutes } = screen;
    const [language, ...others] = screen.languages;
    const form = formOf({
      name,
      branchId: branch.id,
      language,
      others,
      resources: resourceIds ?? [],
      sound,
      calledMinutes,
    });
    return this.page(screen, form, staff, request);
  }

  @Post(':id')
  async change(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    return this.save(await this.find(staff, id), body, staff, request);
  }

  @Post(':id/renew')
  async renew(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    await this.renewKey.run({ actor, clinicId: actor.clinicId, id });
    flash(request, { kind: 'success', key: 'paper.screens.renewed' });
    return seeOther(pathTo(request.language, '/screens/', id));
  }

  @Post(':id/revoke')
  async revoke(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    await this.revokeScreen.run({ actor, clinicId: actor.clinicId, id });
    flash(request, { kind: 'success', key: 'paper.screens.revoked' });
    return seeOther(pathTo(request.language, '/screens'));
  }

  private async find(staff: StaffActor, id: string): Promise<ClinicScreen> {
    const screen = (await this.screens.run(staff, staff.clinicId)).find((each) => each.id === id);
    if (!screen) throw new Refusal('not-found');
    return screen;
  }

  private async save(
    screen: ClinicScreen | null,
    body: unknown,
    actor: StaffActor,
    request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(ScreenForm, body);
    if (!parsed.ok) return this.page(screen, parsed.form, actor, request, 422);
    const {
      newId = randomUUID(),
      name,
      branchId,
      language,
      others = [],
      resources,
      sound,
      calledMinutes,
    } = parsed.value;
    let id: string;
    try {
      const card = {
        name,
        branchId,
        languages: [...new Set([language, ...others])],
        resourceIds: resources?.length ? resources : null,
        sound,
        calledMinutes,
      };
      const which = screen ? { id: screen.id, isNew: false } : { id: newId, isNew: true };
      ({ id } = await this.keep.run({ actor, clinicId: actor.clinicId, ...which, card }));
    } catch (thrown) {
      return this.page(screen, withRefusal(parsed.form, thrown), actor, request, 422);
    }
    flash(request, { kind: 'success', key: 'paper.screens.kept' });
    return seeOther(pathTo(request.language, '/screens/', id));
  }

  private async page(
    screen: ClinicScreen | null,
    form: FormState,
    staff: StaffActor,
    request: WebRequest,
    status = 200,
  ): Promise<string> {
    const { language } = request;
    const [branches, calendars] = await Promise.all([
      this.calendars.branches(staff.clinicId),
      this.calendars.run(staff.clinicId),
    ]);
    const named = (each: Language): string => translate(language, `clinic.languages.${each}`);
    const choices = languages.map((value) => ({ value, label: named(value) }));
    const title = screen?.name ?? translate(language, 'paper.screens.new');
    const several = (field: string): Set<string> => new Set([form.values[field] ?? []].flat());
    const others = several('others');
    const model = {
      heading: title,
      self: pathTo(language, '/screens/', screen?.id ?? 'new'),
      form,
      branches: branches.map((branch) => ({ value: branch.id, label: branch.name })),
      languages: choices,
      others: choices.map((each) => ({ ...each, isTicked: others.has(each.value) })),
      boxes: boxesOf(calendars, several('resources'), branches.length > 1),
      screen: screen && { isRevoked: screen.isRevoked, address: addressOf(screen) },
    };
    return this.pages.render('clinic/screens-one', model, { request, title, status, styles });
  }
}
