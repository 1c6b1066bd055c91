import { isLanguage, type Language } from '#libs/platform';

const fallback: Language = 'lv';

/** The language that the first part of a path names, or undefined: `/et/doctors` → `et`. */
export function languageOfPath(path: string): Language | undefined {
  const first = path.split('/', 2)[1];
  return isLanguage(first) ? first : undefined;
}

/**
 * The language for someone whose address names none: the remembered choice, then Accept-Language by quality
 * (RFC 9110, 12.5.4; `ru-LV` counts as `ru`, quality 0 as refused), then Latvian.
 */
export function preferredLanguage(remembered: string | undefined, acceptLanguage: string | undefined): Language {
  if (isLanguage(remembered)) return remembered;
  const wanted = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((each) => /^\s*q=([\d.]+)\s*$/.exec(each)?.[1]).find((each) => each !== undefined);
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter((each) => each.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return wanted.map((each) => each.language).find(isLanguage) ?? fallback;
}
