import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { parseForm, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { AskAgain } from './ask-again.js';
import { TimesForm } from './book.form.js';
import { NewPatientPage } from './new-patient-page.js';
import { PersonAsked } from './person-asked.js';
import { TimesPage } from './times-page.js';

/** The second step for a caller: the first free times. */
@Controller(':language/book')
export class TimesController {
  constructor(
    private readonly people: PersonAsked,
    private readonly page: TimesPage,
    private readonly newPatients: NewPatientPage,
    private readonly askAgain: AskAgain,
  ) {}

  @Post('times')
  @HttpCode(200)
  async times(@Body() body: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const parsed = parseForm(TimesForm, body);
    if (!parsed.ok) return this.askAgain.with(parsed.form, staff, request);
    const { value, form } = parsed;
    const person = await this.people.of(value, staff);
    if ('errors' in person) return this.askAgain.with(form, staff, request, person.errors);
    if ('details' in person && !value.isNew && !value.asked) {
      const known = await this.people.known(person.details, staff);
      const maybe = person.details.personCode === undefined;
      if (known.length > 0) return this.newPatients.show(request, form, { known, maybe });
    }
    return this.page.show(value, person, form, staff, request);
  }
}
