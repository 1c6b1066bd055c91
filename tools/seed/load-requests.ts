import type { Client } from 'pg';
import { seal } from '#libs/platform';
import { answerDueOn, countsFrom, type Place, type StaffChannel } from '#libs/waiting-list';
import type { PlannedClinic } from './clinic-plan.js';

interface Told {
  channel: StaffChannel;
  hoursAgo: number;
  wish: string | null;
  /** The clinic has answered, in so many hours. */
  answeredAfter?: number;
}

/** What has come in at each clinic in the last days, oldest first; one of the e-mails nobody has answered in time. */
const requests: readonly Told[] = [
  { channel: 'phone', hoursAgo: 190, wish: 'Der jebkura diena pēc plkst. 16.' },
  {
    channel: 'email',
    hoursAgo: 165,
    wish: 'Kontrole pēc ārstēšanas; der otrdienas un ceturtdienas.',
    answeredAfter: 20,
  },
  { channel: 'email', hoursAgo: 150, wish: null },
  { channel: 'desk', hoursAgo: 118, wish: 'Nāks kopā ar māti, vajag divus laikus pēc kārtas.' },
  { channel: 'phone', hoursAgo: 97, wish: null },
  { channel: 'email', hoursAgo: 41, wish: 'Lūdz pēc iespējas agrāku rīta laiku.' },
  { channel: 'phone', hoursAgo: 26, wish: null },
  { channel: 'email', hoursAgo: 11, wish: 'Vispirms vēlas noskaidrot, vai vajadzīgs nosūtījums.' },
];

/** Whom the requests are from and what they are for: people and services of the clinic, always the same ones. */
const wishes = `
  select p.id as patient, o.service_id as service, o.payer, o.practitioner
    from (
      select id, row_number() over (order by id) as n from patient where clinic_id = $1 order by id limit $3) p
    join lateral (
      select cs.service_id, c.payer, case when p.n % 3 = 0 then r.practitioner_id end as practitioner
        from calendar c
        join calendar_service cs on cs.calendar_id = c.id and cs.active and not cs.by_session
        join resource r on r.id = c.resource_id and r.practitioner_id is not null
       where c.clinic_id = $1 and c.branch_id = $2 and c.published
       order by c.id, cs.service_id
      offset (p.n * 3) % 7 limit 1) o on true
   order by p.n`;

/** The wishes that wait at each clinic, registered by its registrar as they came. */
export async function loadRequests(
  client: Client,
  clinics: readonly PlannedClinic[],
  now: Temporal.Instant,
): Promise<void> {
  for (const clinic of clinics) {
    const [branch] = clinic.branches;
    const place = await placeOf(client, branch?.id);
    if (!branch || !place) continue;
    const { rows } = await client.query<{
      patient: string;
      service: string;
      payer: string;
      practitioner: string | null;
    }>(wishes, [clinic.id, branch.id, requests.length]);
    for (const [n, row] of rows.entries()) {
      const told = requests[n];
      if (told) await register(client, clinic, { ...row, ...told, branchId: branch.id }, place, now);
    }
  }
}

async function placeOf(client: Client, branchId: string | undefined): Promise<Place | undefined> {
  const { rows } = await client.query<{ country: 'LV' | 'EE'; zone: string }>(
    'select country, zone from branch where id = $1',
    [branchId],
  );
  return rows[0];
}

async function register(
  client: Client,
  { id: clinicId, registrar }: PlannedClinic,
  wish: Told & { branchId: string; patient: string; service: string; payer: string; practitioner: string | null },
  place: Place,
  now: Temporal.Instant,
): Promise<void> {
  const receivedAt = now.subtract({ hours: wish.hoursAgo }).round('minute');
  const from = countsFrom(wish.channel, receivedAt, place);
  const answeredAt = wish.answeredAfter ? receivedAt.add({ hours: wish.answeredAfter }).toString() : null;
  const at = receivedAt.toString();
  await client.query(
    `with entry as (
       insert into waiting_list_entry
         (clinic_id, branch_id, patient_id, service_id, payer, practitioner_id, wish_sealed, channel, received_at, counts_from,
          answer_due_on, answered_at, registered_at, registered_by, state, version)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $9, m.id, 'waiting', case when $12::timestamptz is null then 1 else 2 end
         from staff_member m where m.clinic_id = $1 and m.role = 'registrar' order by m.id limit 1
       returning clinic_id, id, registered_by, answered_at)
     insert into waiting_list_event (clinic_id, entry_id, version, at, kind, staff_member_id, actor_name, told_by)
     select e.clinic_id, e.id, s.version, s.at, s.kind, e.registered_by, $13, s.told_by
       from entry e
      cross join lateral (values
        (1, $9::timestamptz, 'registered', null), (2, e.answered_at, 'answered', 'email')) s(version, at, kind, told_by)
      where s.at is not null`,
    [
      clinicId,
      wish.branchId,
      wish.patient,
      wish.service,
      wish.payer,
      wish.practitioner,
      wish.wish ? seal(wish.wish) : null,
      wish.channel,
      at,
      from.toString(),
      answerDueOn(wish.channel, from, place.country)?.toString() ?? null,
      answeredAt,
      registrar.name,
    ],
  );
}
