import { Controller, Get, Header } from '@nestjs/common';
import { environment, languages } from '#libs/platform';
import { ClinicList, PublishedPractitioners } from '#libs/profiles';
import { pathTo } from '#libs/web';

const fixed = ['', '/clinics', '/help', '/for-clinics', '/privacy', '/accessibility'];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** What search engines may read. Pages of a person are never among them. */
@Controller()
export class CrawlersController {
  constructor(
    private readonly clinics: ClinicList,
    private readonly practitioners: PublishedPractitioners,
  ) {}

  @Get('robots.txt')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=86400')
  robots(): string {
    const closed = languages.flatMap((language) =>
      ['/book/', '/appointments/', '/my-appointments', '/sign-in', '/find', '/taken', '/suggest'].map(
        (path) => `Disallow: ${pathTo(language, path)}`,
      ),
    );
    return ['User-agent: *', ...closed, 'Disallow: /api/', `Sitemap: ${environment().bookingUrl}/sitemap.xml`, ''].join(
      '\n',
    );
  }

  @Get('sitemap.xml')
  @Header('Content-Type', 'application/xml; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=3600')
  async sitemap(): Promise<string> {
    const [clinics, practitioners] = await Promise.all([this.clinics.run('lv'), this.practitioners.run()]);
    const paths = [
      ...fixed,
      ...clinics.map(({ slug }) => `/clinics/${slug}`),
      ...practitioners.map((slug) => `/doctors/${slug}`),
    ];
    const addressOf = (language: string, path: string): string =>
      escaped(`${environment().bookingUrl}/${language}${path}`);
    const entries = paths.map((path) => {
      const others = languages.map(
        (each) => `<xhtml:link rel="alternate" hreflang="${each}" href="${addressOf(each, path)}"/>`,
      );
      return `<url><loc>${addressOf('lv', path)}</loc>${others.join('')}</url>`;
    });
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
      ...entries,
      '</urlset>',
      '',
    ].join('\n');
  }
}
