import type { Found } from '#libs/calendars';
import { formatMoney, type Language, translate } from '#libs/platform';

/** One of the ways to pay, with its price and rule: what has to be known before it is chosen. */
export interface PayerChoice {
  payer: 'state' | 'paid';
  href: string;
  label: string;
  icon: string;
  price: string;
  rule: string;
  isCurrent: boolean;
}

/** The price of one service, "from" where services differ, or that nothing is paid. */
function priceOf(language: Language, payer: 'state' | 'paid', calendars: readonly Found[]): string {
  const prices = calendars.flatMap(({ services }) => services.map(({ priceCents }) => priceCents));
  if (prices.length === 0) return '';
  const least = Math.min(...prices);
  if (Math.max(...prices) === 0) return translate(language, `together.payer.${payer}.free`);
  const kind = least === Math.max(...prices) ? 'price' : 'priceFrom';
  return translate(language, `together.payer.${payer}.${kind}`, { price: formatMoney(language, least) });
}

/** Whether a referral is needed: for every service, some or none. */
function referralOf(language: Language, calendars: readonly Found[]): string {
  const needs = calendars.flatMap(({ services }) => services.map(({ needsReferral }) => needsReferral));
  const which = needs.every(Boolean) ? 'all' : needs.some(Boolean) ? 'some' : 'none';
  return translate(language, `together.payer.referral.${which}`);
}

/** Both ways to pay side by side. Nothing here is chosen for anybody: each is a link of its own (promise 7). */
export function payerChoices(
  language: Language,
  calendars: readonly Found[],
  {
    known,
    current,
    hrefOf,
  }: { known: readonly ('state' | 'paid')[]; current: string; hrefOf: (payer: string) => string },
): PayerChoice[] {
  return known.map((payer) => {
    const own = calendars.filter((each) => each.payer === payer);
    const insurers = [...new Set(own.flatMap(({ clinic }) => clinic.insurers.map(({ name }) => name)))];
    const rules = own.length > 0 ? [referralOf(language, own)] : [translate(language, 'together.payer.none')];
    if (payer === 'paid' && insurers.length > 0)
      rules.push(translate(language, 'together.payer.insurers', { list: insurers.join(', ') }));
    return {
      payer,
      href: hrefOf(payer),
      label: translate(language, `common.payer.${payer}`),
      icon: payer === 'state' ? 'landmark' : 'wallet',
      price: priceOf(language, payer, own),
      rule: rules.join(' '),
      isCurrent: payer === current,
    };
  });
}
