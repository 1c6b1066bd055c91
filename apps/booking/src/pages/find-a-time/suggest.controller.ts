import { Controller, Get, Query, Req } from '@nestjs/common';
import { type Language, translate } from '#libs/platform';
import { Suggest } from '#libs/profiles';
import { allowCache, LanguageOf, pathTo, RateLimit, type WebRequest } from '#libs/web';
import { SearchChoices } from './search-choices.js';

interface SuggestedItem {
  label: string;
  kind: string;
  /** Where choosing it leads; without one it fills the field. */
  href?: string;
  value?: string;
}

/** What the search field suggests while someone types. */
@Controller(':language/suggest')
export class SuggestController {
  constructor(
    private readonly suggest: Suggest,
    private readonly choices: SearchChoices,
  ) {}

  @Get()
  @RateLimit('suggest', { perMinute: 240 })
  async answer(
    @Query('q') q: unknown,
    @Query('payer') payer: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<{ items: SuggestedItem[] }> {
    const found = await this.suggest.run(
      typeof q === 'string' ? q : '',
      language,
      typeof payer === 'string' ? payer : undefined,
    );
    const { insurers } = await this.choices.of(language);
    allowCache(request, 60);
    return {
      items: found.map(({ kind, label, detail, path }) => {
        const about =
          detail ||
          (kind === 'insurer'
            ? translate(language, 'together.insurer.suggested')
            : translate(language, `booking.search.kind.${kind}`));
        if (kind === 'insurer') {
          const insurer = insurers.find(({ value }) => path.endsWith(encodeURIComponent(`insurer:${value}`)));
          return { label: insurer?.label ?? label, kind: about, href: pathTo(language, path) };
        }
        if (kind === 'practitioner' || kind === 'clinic') return { label, kind: about, href: pathTo(language, path) };
        const specialty = /specialty=([^&]+)/.exec(path)?.[1];
        return { label, kind: about, ...(specialty && { value: decodeURIComponent(specialty) }) };
      }),
    };
  }
}
