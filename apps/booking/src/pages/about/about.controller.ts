import { Controller, Get, Req } from '@nestjs/common';
import { environment, type Language, translate } from '#libs/platform';
import { allowCache, LanguageOf, Pages, type WebRequest } from '#libs/web';
import { termsVersion } from '../../terms-version.js';

const seconds = 3600;

/** Pages that explain the portal: help, terms and privacy, accessibility, for clinics. */
@Controller(':language')
export class AboutController {
  constructor(private readonly pages: Pages) {}

  @Get('help')
  help(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<string> {
    const questions = ['book', 'payer', 'pending', 'change', 'letter', 'relative', 'emergency'].map((key) => ({
      question: translate(language, `booking.help.${key}.q`),
      answer: translate(language, `booking.help.${key}.a`),
    }));
    return this.page('booking/help', { questions }, 'booking.help.title', language, request);
  }

  @Get('privacy')
  privacy(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<string> {
    return this.page('booking/privacy', { termsVersion }, 'booking.privacy.title', language, request);
  }

  @Get('accessibility')
  accessibility(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<string> {
    return this.page('booking/accessibility', {}, 'booking.accessibility.title', language, request);
  }

  @Get('for-clinics')
  forClinics(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<string> {
    const staffAddress = environment().clinicUrl;
    return this.page('booking/for-clinics', { staffAddress }, 'booking.forClinics.title', language, request);
  }

  private page(name: string, model: object, title: string, language: Language, request: WebRequest): Promise<string> {
    allowCache(request, seconds);
    return this.pages.render(name, model, { request, title: translate(language, title), isPublic: true });
  }
}
