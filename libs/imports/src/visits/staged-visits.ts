import { personCodeIndex, sealCode } from '#libs/people';
import { rangeOf, type Tx } from '#libs/platform';
import type { VisitRow } from './visit-row.js';

/*
 * Tens of thousands of appointments wait in a temporary table of the transaction: the database compares them with each
 * other and with what it has in a few statements, and this process never holds more than a few hundred. The table ends
 * with the transaction.
 */

/** Makes the table. */
export async function beginStaging(tx: Tx): Promise<void> {
  await tx.query(`
    create temporary table staged_visit (
      n integer not null, file smallint not null, line integer not null, key text not null,
      calendar_id uuid not null, service_id uuid not null, branch_id uuid not null, resource_id uuid not null,
      zone text not null, payer text not null, price_cents integer not null, tariff_cents integer not null,
      needs_room boolean not null, visit tstzrange not null, taken tstzrange not null,
      given_name text not null, family_name text not null, birth_date date,
      code_country text, code_sealed bytea, code_index bytea, email text, phone text, language text not null,
      core bytea not null, contacts bytea not null,
      state text not null default 'added', id uuid not null default gen_random_uuid(), patient_id uuid
    ) on commit drop`);
}

/**
 * Puts rows into it. @param first the number of the first; numbers follow the order of the file
 * @param isToStay whether what is staged will be written: then person codes are sealed
 */
export async function stage(tx: Tx, rows: readonly VisitRow[], first: number, isToStay: boolean): Promise<void> {
  const column = <T>(of: (row: VisitRow) => T): T[] => rows.map(of);
  const codes = column(({ patient: { personCode } }) => (personCode && isToStay ? sealCode(personCode) : null));
  const indexes = column(({ patient: { personCode } }) => (personCode ? personCodeIndex(personCode) : null));
  await tx.query(
    `insert into staged_visit
       (n, file, line, key, calendar_id, service_id, branch_id, resource_id, zone, payer, price_cents, tariff_cents, needs_room,
        visit, taken, given_name, family_name, birth_date, code_country, code_sealed, code_index, email, phone, language, core, contacts)
     select $1 + v.nth, v.file, v.line, v.key, v.calendar_id, v.service_id, v.branch_id, v.resource_id, v.zone, v.payer, v.price,
            v.tariff, v.needs_room, v.visit, v.taken, v.given, v.family, v.birth, v.country, v.sealed, v.code, v.email, v.phone,
            v.language, v.core, v.contacts
       from unnest($2::smallint[], $3::integer[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[],
                   $10::text[], $11::integer[], $12::integer[], $13::boolean[], $14::tstzrange[], $15::tstzrange[], $16::text[],
                   $17::text[], $18::date[], $19::text[], $20::bytea[], $21::bytea[], $22::text[], $23::text[], $24::text[],
                   $25::bytea[], $26::bytea[])
            with ordinality as v(file, line, key, calendar_id, service_id, branch_id, resource_id, zone, payer, price, tariff,
              needs_room, visit, taken, given, family, birth, country, sealed, code, email, phone, language, core, contacts, nth)`,
    [
      first - 1,
      column((row) => row.file),
      column((row) => row.line),
      column((row) => row.key),
      column((row) => row.calendarId),
      column((row) => row.serviceId),
      column((row) => row.branchId),
      column((row) => row.resourceId),
      column((row) => row.zone),
      column((row) => row.payer),
      column((row) => row.priceCents),
      column((row) => row.tariffCents),
      column((row) => row.needsRoom),
      column((row) => rangeOf(row.visit)),
      column((row) => rangeOf(row.taken)),
      column((row) => row.patient.givenName),
      column((row) => row.patient.familyName),
      column((row) => row.patient.birthDate?.toString() ?? null),
      codes.map((code) => code?.country ?? null),
      codes.map((code) => code?.sealed ?? null),
      indexes,
      column((row) => row.patient.email ?? null),
      column((row) => row.patient.phone ?? null),
      column((row) => row.patient.language),
      column((row) => row.core),
      column((row) => row.contacts),
    ],
  );
}

/** After the last row, before the first question. */
export async function endStaging(tx: Tx): Promise<void> {
  await tx.query(`create unique index staged_visit_by_n on staged_visit (n)`);
  await tx.query(`create index staged_visit_by_key on staged_visit (key)`);
  await tx.query(`analyze staged_visit`);
}
