import type { Client } from 'pg';
import { hashPassword } from '#libs/access';
import { seal } from '#libs/platform';
import { screenKey, screenKeyHash } from '#libs/screens';
import type { PlannedClinic } from './clinic-plan.js';
import { demoSignIns } from './demo-people.js';
import { idsOf, randomOf, uuidOf } from './random.js';

/** Whom the assistant of the demo assists: the practitioner who can sign in there. */
const assistedOf = `
  select m.practitioner_id as id from staff_member m where m.clinic_id = $1 and m.role = 'practitioner' order by m.id limit 1`;

/** At each clinic that has one among the sign-ins of the demo, an assistant of one practitioner, and a waiting room's screen. */
export async function loadDesk(
  client: Client,
  clinics: readonly PlannedClinic[],
  today: Temporal.PlainDate,
  createdAt: string,
): Promise<void> {
  const newId = idsOf('desk', Date.parse(createdAt));
  for (const { email, role, password, totpSecret } of demoSignIns) {
    const clinic = clinics.find(({ data }) => email.endsWith(`@${data.slug}.example`));
    if (role !== 'assistant' || !clinic) continue;
    const [accountId, memberId] = [newId(), newId()];
    await client.query(
      `insert into account (id, email, email_verified_at, language, created_at) values ($1, $2, $3, 'lv', $3)`,
      [accountId, email, createdAt],
    );
    await client.query(
      `insert into staff_member (id, account_id, clinic_id, role, display_name, active_from)
       values ($1, $2, $3, 'assistant', 'Marta Kļaviņa', $4)`,
      [memberId, accountId, clinic.id, today.subtract({ days: 60 }).toString()],
    );
    await client.query(`insert into staff_credential (account_id, password_hash, totp_sealed) values ($1, $2, $3)`, [
      accountId,
      await hashPassword(password),
      seal(totpSecret),
    ]);
    await client.query(
      `insert into staff_practitioner (staff_member_id, practitioner_id, clinic_id, valid_from, valid_to)
       select $2, d.id, $1, $3, $4 from (${assistedOf}) d`,
      [clinic.id, memberId, today.subtract({ days: 60 }).toString(), today.add({ days: 120 }).toString()],
    );
    await loadScreen(client, clinic, createdAt);
  }
}

async function loadScreen(client: Client, { id: clinicId, branches }: PlannedClinic, createdAt: string): Promise<void> {
  const [branch] = branches;
  if (!branch) return;
  const id = uuidOf(randomOf('screen', clinicId));
  await client.query(
    `insert into waiting_screen (id, clinic_id, branch_id, name, languages, key_hash, created_at)
     values ($1, $2, $3, $4, '{lv,ru,en}', $5, $6)`,
    [id, clinicId, branch.id, 'Uzgaidāmā telpa', screenKeyHash(screenKey(id, 1)), createdAt],
  );
}
