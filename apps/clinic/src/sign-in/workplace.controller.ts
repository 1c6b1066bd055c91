import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import { IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { returnTo, type StaffActor } from '#libs/access';
import { Workplaces } from '#libs/profiles';
import { type Language, Refusal, translate } from '#libs/platform';
import {
  chooseWorkplace,
  LanguageOf,
  Pages,
  parseForm,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { firstPage } from './first-page.js';

class WorkplaceForm {
  @IsUUID()
  workplace: string;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  returnTo?: string;
}

/** Somebody who works at several clinics says at which one they are now. */
@Controller(':language/workplace')
export class WorkplaceController {
  constructor(
    private readonly pages: Pages,
    private readonly workplaces: Workplaces,
  ) {}

  @Get()
  async show(
    @Query('returnTo') wanted: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const { language } = request;
    const places = (await this.workplaces.of(staff.accountId)).map((place) => ({
      id: place.staffMemberId,
      name: place.clinicName,
      role: translate(language, `clinic.roles.${place.role}`),
      isCurrent: place.staffMemberId === staff.staffMemberId,
    }));
    const to = returnTo(typeof wanted === 'string' ? wanted : undefined, pathTo(language, '/calendar'));
    const title = translate(language, 'clinic.workplace.title');
    return this.pages.render('clinic/workplace', { places, returnTo: to }, { request, title, styles: ['staff.css'] });
  }

  @Post()
  async choose(
    @Body() body: unknown,
    @StaffOf() staff: StaffActor,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    const parsed = parseForm(WorkplaceForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    const { workplace, returnTo: wanted } = parsed.value;
    const chosen = (await this.workplaces.of(staff.accountId)).find((place) => place.staffMemberId === workplace);
    if (!chosen) throw new Refusal('not-found');
    chooseWorkplace(request, workplace);
    const home = pathTo(language, '/calendar');
    const to = returnTo(wanted, home);
    return seeOther(to === home ? firstPage(language, chosen) : to);
  }
}
