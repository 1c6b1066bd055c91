import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { KeepPreparation, WordsOfClinic } from '#libs/notifications';
import { type Language, languages, translate, wordsIn } from '#libs/platform';
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
import { PreparationForm } from './letters.form.js';
import { lettersTabs } from './letters-tabs.js';

const path = '/letters/preparation';
const styles = ['staff.css', 'letters.css'];

/** How to prepare for visits with each service, as letters say it. */
@Controller(`:language${path}`)
export class PreparationController {
  constructor(
    private readonly pages: Pages,
    private readonly words: WordsOfClinic,
    private readonly keep: KeepPreparation,
  ) {}

  @Get()
  async list(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const services = await this.words.services(staff, staff.clinicId);
    const lines = services.map(({ id, name, specialty, languages: written }) => ({
      href: pathTo(language, `${path}/`, id),
      name: wordsIn(language, name),
      specialty: wordsIn(language, specialty),
      written: written.map((each) => translate(language, `letters.languages.${each}`)).join(', '),
    }));
    const model = {
      tabs: lettersTabs('preparation', language),
      groups: [...Map.groupBy(lines, (line) => line.specialty)].map(([specialty, of]) => ({ specialty, services: of })),
    };
    const title = translate(language, 'letters.preparation.title');
    return this.pages.render('clinic/letters-preparation', model, { request, title, styles });
  }

  @Get(':id')
  ask(@Param('id', IdPipe) id: string, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.page(id, staff, request);
  }

  @Post(':id')
  async save(
    @Param('id', IdPipe) serviceId: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(PreparationForm, body);
    if (!parsed.ok) return this.page(serviceId, actor, request, parsed.form);
    const { lv = '', et = '', en = '', ru = '' } = parsed.value.preparation;
    try {
      await this.keep.run({ actor, clinicId: actor.clinicId, serviceId, preparation: { lv, et, en, ru } });
    } catch (thrown) {
      return this.page(serviceId, actor, request, withRefusal(parsed.form, thrown));
    }
    flash(request, { kind: 'success', key: 'letters.preparation.saved' });
    return seeOther(pathTo(request.language, path));
  }

  private async page(id: string, staff: StaffActor, request: WebRequest, sent?: FormState): Promise<string> {
    const { language } = request;
    const { name, specialty, preparation } = await this.words.preparation(staff, staff.clinicId, id);
    const label = (each: Language): string => translate(language, `letters.languages.${each}`);
    const model = {
      form: sent ?? formOf({ preparation }),
      name: wordsIn(language, name),
      specialty: wordsIn(language, specialty),
      fields: languages.map((each) => ({ name: `preparation.${each}`, label: label(each) })),
      labels: Object.fromEntries(languages.map((each) => [`preparation.${each}`, label(each)])),
      self: pathTo(language, `${path}/`, id),
    };
    const title = translate(language, 'letters.preparation.one-title', { service: wordsIn(language, name) });
    return this.pages.render('clinic/letters-preparation-one', model, {
      request,
      title,
      styles,
      status: sent ? 422 : 200,
    });
  }
}
