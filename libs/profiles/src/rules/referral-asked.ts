/** Whether a referral is asked for: needed, taken if there is one, or not asked. */
export type ReferralAsked = 'needed' | 'offered' | 'none';

/**
 * What a service asks of a referral. A visit that the state pays for needs one where the specialty does; one that the
 * patient pays for only where the service itself may not be given without (imaging, R4-28).
 */
export function referralAsked(
  service: { referralRequired: boolean; referralScope: 'state' | 'all'; referralOffered: boolean },
  payer: 'state' | 'paid',
): ReferralAsked {
  if (service.referralRequired && (service.referralScope === 'all' || payer === 'state')) return 'needed';
  return service.referralOffered ? 'offered' : 'none';
}
