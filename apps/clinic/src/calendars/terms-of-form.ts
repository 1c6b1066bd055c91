import type { BookingRules, CalendarPlace, OfferedService, Payer } from '#libs/calendars';
import type { CalendarTermsForm, NewCalendarsForm } from './calendars.form.js';
import { centsOf } from './price.js';

/** A field that is wrong, by its name in the form. */
export interface Mistake {
  field: string;
  code: string;
}

export interface TypedOffers {
  services: OfferedService[];
  /** The row of the form that each service came from. */
  rows: number[];
  mistakes: Mistake[];
}

type NewRow = NonNullable<NewCalendarsForm['services']>[number];
type KeptRow = NonNullable<CalendarTermsForm['services']>[number];
type Row = NewRow | KeptRow;

export const rulesOf = ({ rules }: Pick<NewCalendarsForm, 'rules'>): BookingRules => ({
  confirmation: rules.confirmation,
  gridMinutes: rules.gridMinutes ?? null,
  minimumNoticeMinutes: rules.minimumNoticeMinutes,
  horizonDays: rules.horizonDays,
  lateCancelHours: rules.lateCancelHours,
  answerWithinHours: rules.answerWithinHours,
  mostPerDay: rules.mostPerDay ?? null,
  buffersMayLeaveOpening: rules.buffersMayLeaveOpening,
});

/** Where a service of an existing calendar differs from it; a new calendar's services never do. */
const ownRules = (
  row: Row,
): Pick<OfferedService, 'bySession' | 'confirmation' | 'minimumNoticeMinutes' | 'horizonDays' | 'lateCancelHours'> => {
  const own: Partial<KeptRow> = row;
  return {
    bySession: own.bySession ?? false,
    confirmation: own.confirmation ?? null,
    minimumNoticeMinutes: own.minimumNoticeMinutes ?? null,
    horizonDays: own.horizonDays ?? null,
    lateCancelHours: own.lateCancelHours ?? null,
  };
};

/** What is ticked, as services to offer; the name of the field that holds the price depends on who pays. */
function offersOf(rows: readonly Row[], priceField: 'price' | 'statePrice' | 'paidPrice'): TypedOffers {
  const offers: TypedOffers = { services: [], rows: [], mistakes: [] };
  for (const [index, row] of rows.entries()) {
    if (!row.isOffered) continue;
    const price: unknown = Reflect.get(row, priceField);
    if (row.minutes === undefined) offers.mistakes.push({ field: `services.${index}.minutes`, code: 'required' });
    if (typeof price !== 'string') offers.mistakes.push({ field: `services.${index}.${priceField}`, code: 'required' });
    offers.rows.push(index);
    offers.services.push({
      serviceId: row.serviceId,
      minutes: row.minutes ?? 0,
      bufferBefore: row.bufferBefore ?? 0,
      bufferAfter: row.bufferAfter ?? 0,
      priceCents: typeof price === 'string' ? centsOf(price) : 0,
      tariffCents: priceField === 'paidPrice' || row.tariff === undefined ? 0 : centsOf(row.tariff),
      ...ownRules(row),
    });
  }
  if (offers.services.length === 0) offers.mistakes.push({ field: 'services', code: 'calendars.wrong.services' });
  return offers;
}

/** The services of an existing calendar. */
export const keptOffers = (form: CalendarTermsForm): TypedOffers => offersOf(form.services ?? [], 'price');

export interface TypedCalendars {
  places: CalendarPlace[];
  rules: BookingRules;
  services: Record<Payer, OfferedService[]>;
  rows: number[];
  mistakes: Mistake[];
}

/** The calendars that a form asks for; a price is needed only for a payer who is chosen. */
export function calendarsOf(form: NewCalendarsForm): TypedCalendars {
  const places = (form.places ?? []).map((each): CalendarPlace => {
    const [branchId = '', payer] = each.split('|');
    return { branchId, payer: payer === 'state' ? 'state' : 'paid' };
  });
  const rows = form.services ?? [];
  const state = offersOf(rows, 'statePrice');
  const paid = offersOf(rows, 'paidPrice');
  const isAsked = (payer: Payer): boolean => places.some((place) => place.payer === payer);
  const mistakes = [
    ...(places.length === 0 ? [{ field: 'places', code: 'calendars.wrong.places' }] : []),
    ...(isAsked('state') || places.length === 0 ? state.mistakes : []),
    ...(isAsked('paid') ? paid.mistakes : []),
  ];
  return {
    places,
    rules: rulesOf(form),
    services: { state: state.services, paid: paid.services },
    rows: state.rows,
    mistakes,
  };
}
