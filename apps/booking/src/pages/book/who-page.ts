import { Injectable } from '@nestjs/common';
import { IdentityProviders } from '#libs/access';
import { type Language, translate } from '#libs/platform';
import { emptyForm, formOf, type FormState, Pages, type SeeOther, type WebRequest } from '#libs/web';
import { bookModel } from './book.view.js';
import { BookingPage } from './booking-page.js';
import { readDraft } from './draft.js';

/** The two pages that ask who the visitor is. */
@Injectable()
export class WhoPage {
  constructor(
    private readonly pages: Pages,
    private readonly booking: BookingPage,
    private readonly providers: IdentityProviders,
  ) {}

  /** The first step: the address, or an identity provider. */
  async who(
    request: WebRequest,
    language: Language,
    holdId: string,
    form: FormState | undefined,
    status: number,
  ): Promise<string | SeeOther> {
    const found = await this.booking.held(request, holdId);
    if (!found) return this.booking.ended(request, language, holdId);
    const book = bookModel(language, found, { now: this.booking.now(), step: 'who' });
    const email = readDraft(request).email;
    return this.pages.render(
      'booking/book-who',
      { book, form: form ?? (email ? formOf({ email }) : emptyForm()), providers: this.providers.list() },
      { request, title: translate(language, 'booking.who.heading'), status },
    );
  }

  /** The second: the code from the letter. */
  async code(
    request: WebRequest,
    language: Language,
    holdId: string,
    form: FormState,
    status: number,
  ): Promise<string | SeeOther> {
    const found = await this.booking.held(request, holdId);
    if (!found) return this.booking.ended(request, language, holdId);
    const book = bookModel(language, found, { now: this.booking.now(), step: 'who' });
    return this.pages.render(
      'booking/book-code',
      { book, form },
      { request, title: translate(language, 'booking.who.codeHeading'), status },
    );
  }
}
