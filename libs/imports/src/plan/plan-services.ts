import type { Words } from '#libs/platform';
import { type Known, type KnownService, newId } from '../known.js';
import type { Findings } from '../mistakes.js';
import { RowReader } from '../row-reader.js';
import { oneOf, wholeNumber, yesOrNo } from '../rules/cells.js';
import type { Row } from '../rules/mistake.js';
import { differing, ownKey, type SeenKeys } from './match-row.js';
import type { Plan } from './plan.js';

/** What a Bundle that says no length means; it is told as a note. */
const usualMinutes = 30;

const modes = (cell: string) => oneOf(cell, ['in-person', 'phone', 'video'] as const);
const length = (cell: string) => wholeNumber(cell, 5, 480);
const buffer = (cell: string) => wholeNumber(cell, 0, 120);

/** Services: names and preparation may change later; length, buffers and specialty are changed under Services. */
export function planServices(rows: readonly Row[], known: Known, plan: Plan, findings: Findings): void {
  const seen: SeenKeys = new Map();
  for (const each of rows) planService(new RowReader(each, findings), known, plan, findings, seen);
}

function planService(row: RowReader, known: Known, plan: Plan, findings: Findings, seen: SeenKeys): void {
  const key = ownKey(row, seen);
  const name = row.words('name', 200);
  const preparation = row.words('preparation', 2000);
  const anyName = name[known.language] ?? name.lv ?? name.et ?? name.en ?? name.ru;
  if (anyName === undefined && !row.isWrong) row.wrong(`name_${known.language}`, 'required');
  const specialty = row.required('specialty', (cell) => ({ ok: true, value: cell }));
  const specialtyId = specialty === undefined ? undefined : known.specialties.find(specialty)?.id;
  if (specialty !== undefined && specialtyId === undefined) row.wrong('specialty', 'unknown-specialty');
  const minutes = row.row.paths ? row.optional('minutes', length) : row.required('minutes', length);
  const said = {
    minutes,
    bufferBefore: row.optional('buffer_before', buffer),
    bufferAfter: row.optional('buffer_after', buffer),
    mode: row.optional('mode', modes),
    referralRequired: row.optional('referral_required', yesOrNo),
  };
  if (row.isWrong || key === undefined || anyName === undefined || specialtyId === undefined) return;
  const before = known.services.ofKey(key) ?? known.services.ofName(anyName);
  if (before) {
    plan.keys.push({ kind: 'service', key, id: before.id });
    known.services.call(key, before.id);
    change(row, { name, preparation, specialtyId, ...said }, before, plan, findings);
    return;
  }
  if (minutes === undefined) row.note('minutes', 'length-assumed', { minutes: usualMinutes });
  const service: KnownService = {
    id: newId(),
    // Every service has a name in each language: what is missing says it in the clinic's own.
    name: inAllLanguages(name, anyName),
    preparation,
    specialtyId,
    minutes: minutes ?? usualMinutes,
    bufferBefore: said.bufferBefore ?? 0,
    bufferAfter: said.bufferAfter ?? 0,
    mode: said.mode ?? 'in-person',
    referralRequired: said.referralRequired ?? false,
  };
  plan.services.added.push(service);
  plan.keys.push({ kind: 'service', key, id: service.id });
  known.services.add(service, Object.values(service.name));
  known.services.call(key, service.id);
  findings.count('service', 'added');
}

const inAllLanguages = (name: Partial<Words>, fallback: string): Partial<Words> => ({
  lv: name.lv ?? fallback,
  et: name.et ?? fallback,
  en: name.en ?? fallback,
  ru: name.ru ?? fallback,
});

type Said = Partial<KnownService> & Pick<KnownService, 'name' | 'preparation'>;

function change(row: RowReader, said: Said, before: KnownService, plan: Plan, findings: Findings): void {
  const kept = differing(row, {
    specialty: [said.specialtyId, before.specialtyId],
    minutes: [said.minutes, before.minutes],
    buffer_before: [said.bufferBefore, before.bufferBefore],
    buffer_after: [said.bufferAfter, before.bufferAfter],
    mode: [said.mode, before.mode],
    referral_required: [said.referralRequired, before.referralRequired],
  });
  for (const column of kept) row.note(column, 'keeps-its-value');
  const changed = differing(
    row,
    Object.fromEntries(
      (['lv', 'et', 'en', 'ru'] as const).flatMap((language) => [
        [`name_${language}`, [said.name[language], before.name[language]] as const],
        [`preparation_${language}`, [said.preparation[language], before.preparation[language]] as const],
      ]),
    ),
  );
  if (changed.length > 0) {
    plan.services.changed.push({
      ...before,
      name: { ...before.name, ...said.name },
      preparation: { ...before.preparation, ...said.preparation },
    });
  }
  findings.count('service', changed.length > 0 ? 'changed' : kept.length > 0 ? 'kept' : 'same');
}
