import { Injectable } from '@nestjs/common';
import type { FoundPatient } from '#libs/appointments';
import { translate } from '#libs/platform';
import { type FormState, Pages, type WebRequest } from '#libs/web';
import { newPatientLists, patientChoice } from './book.view.js';

const placeFields = ['branch', 'day', 'resource', 'time', 'waiting'];

/** The page of somebody whom the clinic does not know: what is wrong with the details, or who it already knows like them. */
@Injectable()
export class NewPatientPage {
  constructor(private readonly pages: Pages) {}

  /**
   * @param known whom the clinic knows already
   * @param maybe whether they may all the same be somebody else; not where the person code is the same
   */
  show(
    request: WebRequest,
    form: FormState,
    {
      status = 200,
      known = [],
      maybe = false,
    }: { status?: number; known?: readonly FoundPatient[]; maybe?: boolean } = {},
  ): Promise<string> {
    const { language } = request;
    const ofForm = (names: readonly string[]): Record<string, string> =>
      Object.fromEntries(
        names.flatMap((name) => {
          const value = form.values[name];
          return typeof value === 'string' && value !== '' ? [[name, value]] : [];
        }),
      );
    const hidden = ofForm(placeFields);
    const model = {
      form,
      hidden,
      known: known.map((line) => patientChoice(line, language)),
      mayBeNew: known.length > 0 && maybe,
      typed: { ...ofForm(Object.keys(form.values).filter((name) => name !== 'isNew')), isNew: 'on' },
      ...newPatientLists(language),
    };
    const title = translate(language, 'clinic.book.new');
    return this.pages.render('clinic/book-new', model, {
      request,
      title,
      status,
      styles: ['staff.css', 'book.css'],
      scripts: ['arrow-keys.js'],
    });
  }
}
