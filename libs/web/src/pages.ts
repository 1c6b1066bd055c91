import { Inject, Injectable, Optional } from '@nestjs/common';
import { environment, type Language, languages } from '#libs/platform';
import { CHROME, type Chrome, type ChromeSource } from './chrome.js';
import { takeFlash } from './flash.js';
import { rememberLanguage } from './languages/language-cookie.js';
import { inLanguage, pathTo } from './views/paths.js';
import { type PageFrame, Views } from './views/views.js';
import type { WebRequest } from './web-request.js';

export interface PageOptions {
  request: WebRequest;
  /** Shown in the tab and read first by screen readers: the page's own words, without the portal's name. */
  title: string;
  description?: string;
  /** 200 unless told. 422 for a form with mistakes. */
  status?: number;
  /** `true`: may be found by search engines, with canonical and hreflang links. */
  isPublic?: boolean;
  /** Assets of this page only. */
  scripts?: string[];
  styles?: string[];
  isWide?: boolean;
  socialImage?: string;
  /** `false`: without session and navigation, for pages that must stand when the database does not. */
  hasChrome?: boolean;
}

const languageNames: Record<Language, string> = { lv: 'Latviešu', et: 'Eesti', en: 'English', ru: 'Русский' };

const linksOf = (chrome: Chrome, request: WebRequest): PageFrame['links'] =>
  chrome.links.map((link) => {
    const href = pathTo(request.language, link.path);
    const isCurrent = link.path === '/' ? request.path === href : `${request.path}/`.startsWith(`${href}/`);
    return { ...link, href, isCurrent };
  });

/** What controllers render with. */
@Injectable()
export class Pages {
  constructor(
    private readonly views: Views,
    @Optional() @Inject(CHROME) private readonly chrome?: ChromeSource,
  ) {}

  /**
   * Renders `templates/<name>.hbs` inside the app's layout and sets status and content type. The answer is `no-store`
   * unless `allowCache` was called before.
   * @param model plain members only: Handlebars does not read getters or prototypes
   */
  async render(name: string, model: object, options: PageOptions): Promise<string> {
    const { request, status = 200 } = options;
    const chrome = options.hasChrome === false ? undefined : await this.chrome?.of(request);
    const html = this.views.render(name, model, this.frame(options, chrome));
    rememberLanguage(request);
    request.res?.status(status).type('html');
    return html;
  }

  /** The template alone, for a part of a page that a script asked for. */
  async fragment(name: string, model: object, options: Pick<PageOptions, 'request' | 'status'>): Promise<string> {
    const html = this.views.render(name, model, this.frame({ ...options, title: '' }, undefined, false), false);
    options.request.res?.status(options.status ?? 200).type('html');
    return Promise.resolve(html);
  }

  private frame(options: PageOptions, chrome?: Chrome, isWhole = true): PageFrame {
    const { request } = options;
    const { bookingUrl, clinicUrl } = environment();
    // Links that leave this page are built from settings, never from the Host header (faults.md E14).
    const site = request.webApp === 'booking' ? bookingUrl : clinicUrl;
    const flash = isWhole ? takeFlash(request, request.language) : undefined;
    return {
      language: request.language,
      app: request.webApp,
      title: options.title,
      path: request.originalUrl,
      requestId: request.requestId,
      languages: languages.map((code) => {
        const path = inLanguage(request.originalUrl, code);
        return {
          code,
          name: languageNames[code],
          path,
          address: `${site}${path}`,
          isCurrent: code === request.language,
        };
      }),
      ...(options.description !== undefined && { description: options.description }),
      ...(options.isPublic === true && { canonical: `${site}${request.originalUrl.split('?')[0]}` }),
      ...(chrome && { chrome, links: linksOf(chrome, request) }),
      ...(flash && { flash }),
      ...(options.scripts && { scripts: options.scripts }),
      ...(options.styles && { styles: options.styles }),
      ...(options.isWide !== undefined && { isWide: options.isWide }),
      ...(options.socialImage !== undefined && { socialImage: options.socialImage }),
    };
  }
}
