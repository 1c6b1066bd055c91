import { mayDo, type StaffActor } from '#libs/access';
import type { Bookable, ClinicBranchChoice, ClinicCalendar } from '#libs/calendars';
import { formatMoney, formatPlainDate, type Language, translate, wordsIn } from '#libs/platform';
import { pathTo } from '#libs/web';

export interface CalendarCard {
  href: string;
  branch: string;
  payer: 'state' | 'paid';
  isManual: boolean;
  /** How far it is published. */
  state: string;
  isPublished: boolean;
  hasDraft: boolean;
  /** `Consultation, 30 minutes, €45`; the first few. */
  services: string[];
  more: string;
  hoursHref: string;
  sessionsHref: string;
}

export interface BookableCard {
  name: string;
  kind: string;
  calendars: CalendarCard[];
  /** Where another calendar is opened; empty when there is nothing left to open, or it is not the reader's to do. */
  newHref: string;
}

/** Services named in a card before "and n more". */
const fewServices = 3;

const calendarCard = (calendar: ClinicCalendar, language: Language): CalendarCard => ({
  href: pathTo(language, '/calendars/', calendar.id),
  branch: calendar.branch.name,
  payer: calendar.payer,
  isManual: calendar.confirmation === 'manual',
  state: calendar.publishedUntil
    ? translate(language, 'clinic.hours.published-until', {
        day: formatPlainDate(language, Temporal.PlainDate.from(calendar.publishedUntil), 'long'),
      })
    : translate(language, 'clinic.hours.never-published'),
  isPublished: calendar.publishedUntil !== null,
  hasDraft: calendar.hasDraft,
  services: calendar.services
    .slice(0, fewServices)
    .map(({ name, minutes, priceCents }) =>
      [
        wordsIn(language, name),
        translate(language, 'common.visit.minutes', { n: minutes }),
        ...(priceCents > 0 ? [formatMoney(language, priceCents)] : []),
      ].join(', '),
    ),
  more:
    calendar.services.length > fewServices
      ? translate(language, 'calendars.more', { n: calendar.services.length - fewServices })
      : '',
  hoursHref: pathTo(language, '/hours/', calendar.id),
  sessionsHref: pathTo(language, `/sessions?calendar=${calendar.id}`),
});

/** Everybody and everything that can have a calendar, with the calendars that they have; those without come too. */
export function bookableCards(
  bookables: readonly Bookable[],
  calendars: readonly ClinicCalendar[],
  branches: readonly ClinicBranchChoice[],
  staff: StaffActor,
  language: Language,
): BookableCard[] {
  const byResource = Map.groupBy(calendars, ({ resourceId }) => resourceId);
  const named = new Set(bookables.map(({ id }) => id));
  const cards = bookables.map((each): BookableCard => {
    const practitionerId = each.kind === 'practitioner' ? each.id : null;
    const mayOpen = branches.some(
      ({ id: branchId }) =>
        (each.branchId === null || each.branchId === branchId) &&
        mayDo(staff, 'hours.edit', { practitionerId, branchId }),
    );
    const most = (each.branchId === null ? branches.length : 1) * 2;
    return {
      name: each.name,
      kind: each.kind === 'practitioner' ? '' : translate(language, `calendars.kinds.${each.kind}`),
      calendars: (byResource.get(each.id) ?? []).map((calendar) => calendarCard(calendar, language)),
      newHref: mayOpen && each.calendars.length < most ? pathTo(language, `/calendars/new?resource=${each.id}`) : '',
    };
  });
  // Whoever left the clinic and still has calendars here.
  const former = [...byResource]
    .filter(([id]) => !named.has(id))
    .map(([, rows]): BookableCard => ({
      name: rows[0]?.name ?? '',
      kind: '',
      calendars: rows.map((calendar) => calendarCard(calendar, language)),
      newHref: '',
    }));
  return [...cards, ...former];
}
