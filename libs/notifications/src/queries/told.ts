/** What a clinic changes and its patient has to hear of. The words are those of its index. */
const clinicsChange = (step: string): string => `
  ${step}.tells and ${step}.actor_kind in ('staff', 'system')
  and ${step}.kind in ('moved', 'cancelled', 'rejected', 'expired', 'offered', 'reinstated', 'details-changed')`;

/** Whether the step `e` is one that a clinic took and its patient has to hear of; and the same of a step `o`. */
export const isClinicsChange = clinicsChange('e');
export const isOtherClinicsChange = clinicsChange('o');

const hasReached = `s.state = 'sent' and s.bounced_at is null and (s.channel <> 'portal' or s.read_at is not null)`;

/**
 * Whether the patient knows where things stand since the step `e`: a message about it or a later step left and did not
 * come back, was read in the portal, staff told them, or the step was taken back.
 */
export const isTold = `(
  -- Nearly always it is the message about the step itself, which is found with one look; the rest says it again for later steps.
  exists (
    select from notice s where s.event_id = e.id and ${hasReached})
  or exists (
    select from notice s join appointment_event t on t.id = s.event_id
     where s.appointment_id = e.appointment_id and t.version >= e.version and ${hasReached})
  or exists (
    select from informed_mark m join appointment_event t on t.id = m.event_id
     where m.appointment_id = e.appointment_id and t.version >= e.version and m.how <> 'not-reached')
  or exists (
    select from appointment_event t
     where t.appointment_id = e.appointment_id
       and (t.undoes = e.id or (t.version > e.version and t.untold_why in ('told-in-person', 'told-by-phone')))))`;

/** When the patient was first told of the step `e` or a later one; null: never. */
export const toldAt = `(
  select min(x.at) from (
    select coalesce(case when s.channel = 'portal' then s.read_at else s.sent_at end) as at
      from notice s join appointment_event t on t.id = s.event_id
     where s.appointment_id = e.appointment_id and t.version >= e.version and s.state = 'sent' and s.bounced_at is null
    union all
    select m.at from informed_mark m join appointment_event t on t.id = m.event_id
     where m.appointment_id = e.appointment_id and t.version >= e.version and m.how <> 'not-reached'
    union all
    select t.at from appointment_event t
     where t.appointment_id = e.appointment_id and t.version > e.version and t.untold_why in ('told-in-person', 'told-by-phone')) x)`;

/** A notice that staff have to look at; `n` is the notice. The words are those of its index. */
export const isUnreached = `
  (n.state = 'failed' or n.bounced_at is not null or n.failure in ('address-suppressed', 'bulk-rejected')
   or (n.failure in ('no-address', 'address-unproven')
       and n.kind not in ('booked', 'requested', 'confirmed', 'moved', 'move-requested', 'request-moved', 'cancelled')))`;
