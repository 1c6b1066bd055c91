import {
  type Bookable,
  type CalendarSettings,
  type ClinicBranchChoice,
  type OfferedService,
  type ServiceToOffer,
  usualRules,
} from '#libs/calendars';
import { type Language, translate, wordsIn } from '#libs/platform';
import { formOf, type FormState } from '#libs/web';
import { type Choice, confirmationChoices, gridChoices, noticeChoices, orAsCalendar } from './choices-of-rules.js';
import { typedCents } from './price.js';

/** A row of the table of services: the names of its fields. */
export interface OfferRow {
  serviceId: string;
  label: string;
  /** `services.<n>`: the fields' names begin with it. */
  name: string;
  isOffered: boolean;
  /** It has rules of its own, which are shown at once. */
  hasOwnRules: boolean;
  /** Where its own minimum notice differs from the calendar's. */
  notices: Choice[];
  tariff: string;
}

export interface RulesModel {
  confirmations: Choice[];
  grids: Choice[];
  notices: Choice[];
  serviceConfirmations: Choice[];
  /** Something among the rules is wrong: they are shown open. */
  hasMistake: boolean;
}

const textOf = (form: FormState, name: string): string => {
  const value = form.values[name];
  return typeof value === 'string' ? value : '';
};

/** What the fields of the rules choose from. */
export const rulesModel = (form: FormState, language: Language): RulesModel => ({
  confirmations: confirmationChoices(language),
  grids: gridChoices(language, textOf(form, 'rules.gridMinutes')),
  notices: noticeChoices(language, textOf(form, 'rules.minimumNoticeMinutes')),
  serviceConfirmations: orAsCalendar(confirmationChoices(language), language),
  hasMistake: form.mistakes.some(({ field }) => field.startsWith('rules.')),
});

const ownRuleNames = ['bySession', 'confirmation', 'minimumNoticeMinutes', 'horizonDays', 'lateCancelHours'];

/** A row for each service, in the order in which the form names them. */
export function offerRows(form: FormState, services: readonly ServiceToOffer[], language: Language): OfferRow[] {
  return services.map((service, index) => {
    const name = `services.${index}`;
    return {
      serviceId: service.id,
      label: wordsIn(language, service.name),
      name,
      isOffered: textOf(form, `${name}.isOffered`) !== '',
      hasOwnRules: ownRuleNames.some(
        (each) => textOf(form, `${name}.${each}`) !== '' || form.errors[`${name}.${each}`] !== undefined,
      ),
      tariff: textOf(form, `${name}.tariff`),
      notices: orAsCalendar(noticeChoices(language, textOf(form, `${name}.minimumNoticeMinutes`)), language),
    };
  });
}

const lengths = ({ minutes, bufferBefore, bufferAfter }: ServiceToOffer | OfferedService): object => ({
  minutes,
  bufferBefore,
  bufferAfter,
});

const optionalCents = (cents: number | null): string => (cents === null ? '' : typedCents(cents));

/**
 * A new calendar's form as far as it can be known: the usual rules, and of each service its length and the price that
 * the clinic asks elsewhere. Ticked is what the practitioner offers already, else all of their specialties.
 */
export function newCalendarsForm(bookable: Bookable, services: readonly ServiceToOffer[]): FormState {
  const offersSome = services.some(({ isOffered }) => isOffered);
  return formOf({
    resource: bookable.id,
    rules: { ...usualRules },
    services: services.map((service) => ({
      isOffered: offersSome ? service.isOffered : service.isOfSpecialty,
      ...lengths(service),
      statePrice: typedCents(service.statePriceCents ?? 0),
      paidPrice: optionalCents(service.paidPriceCents),
      tariff: optionalCents(service.tariffCents),
    })),
  });
}

/** The settings of a calendar as its form shows them; services that it does not offer yet come with what is usual. */
export function settingsForm(settings: CalendarSettings, services: readonly ServiceToOffer[]): FormState {
  const offered = new Map(settings.services.map((service) => [service.serviceId, service]));
  return formOf({
    rules: { ...settings.rules },
    services: services.map((service) => {
      const own = offered.get(service.id);
      const usual = settings.payer === 'state' ? (service.statePriceCents ?? 0) : service.paidPriceCents;
      return own === undefined
        ? { ...lengths(service), price: optionalCents(usual), tariff: optionalCents(service.tariffCents) }
        : {
            isOffered: true,
            ...lengths(own),
            price: typedCents(own.priceCents),
            tariff: own.tariffCents === 0 ? '' : typedCents(own.tariffCents),
            bySession: own.bySession,
            confirmation: own.confirmation,
            minimumNoticeMinutes: own.minimumNoticeMinutes,
            horizonDays: own.horizonDays,
            lateCancelHours: own.lateCancelHours,
          };
    }),
  });
}

export interface PlaceRow {
  branch: string;
  boxes: { value: string; payer: 'state' | 'paid'; isTicked: boolean; isThere: boolean }[];
}

/** Branches with a box for each payer; a calendar that is there already cannot be opened again. */
export function placeRows(form: FormState, bookable: Bookable, branches: readonly ClinicBranchChoice[]): PlaceRow[] {
  const ticked = [form.values['places'] ?? []].flat();
  const places = branches.filter(({ id }) => bookable.branchId === null || bookable.branchId === id);
  return places.map(({ id, name }) => ({
    branch: name,
    boxes: (['state', 'paid'] as const).map((payer) => ({
      value: `${id}|${payer}`,
      payer,
      isTicked: ticked.includes(`${id}|${payer}`),
      isThere: bookable.calendars.some((each) => each.branchId === id && each.payer === payer),
    })),
  }));
}

/** The labels of the fields for the summary of mistakes. */
export function fieldLabels(rows: readonly OfferRow[], language: Language): Record<string, string> {
  const t = (key: string): string => translate(language, `calendars.${key}`);
  const labels: Record<string, string> = { places: t('places'), services: t('services') };
  const rules = [
    'gridMinutes',
    'minimumNoticeMinutes',
    'horizonDays',
    'lateCancelHours',
    'answerWithinHours',
    'mostPerDay',
  ];
  for (const rule of rules) labels[`rules.${rule}`] = t(`rules.${rule}`);
  const members = ['minutes', 'bufferBefore', 'bufferAfter', 'price', 'statePrice', 'paidPrice', 'tariff'];
  for (const row of rows) {
    for (const member of members) labels[`${row.name}.${member}`] = `${row.label}, ${t(`service.${member}`)}`;
    for (const member of ownRuleNames) labels[`${row.name}.${member}`] = `${row.label}, ${t(`rules.${member}`)}`;
  }
  return labels;
}
