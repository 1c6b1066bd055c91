import { normaliseName } from '#libs/people';
import { type Known, type KnownPractitioner, newId } from '../known.js';
import type { Findings } from '../mistakes.js';
import { RowReader } from '../row-reader.js';
import { day, someOf } from '../rules/cells.js';
import type { Row } from '../rules/mistake.js';
import { differing, ownKey, type SeenKeys } from './match-row.js';
import type { Plan } from './plan.js';

const spoken = (cell: string) => someOf(cell, ['lv', 'et', 'en', 'ru'] as const);

/** A person's name as it is kept. */
const personName = (cell: string) => {
  const name = normaliseName(cell);
  return name === null ? ({ ok: false, code: 'name' } as const) : ({ ok: true, value: name } as const);
};

/**
 * Practitioners: unpublished when they come, so that the clinic looks at them first. Names, titles and languages may
 * change later, unless the practitioner works elsewhere too: no clinic changes another one's page.
 */
export function planPractitioners(rows: readonly Row[], known: Known, plan: Plan, findings: Findings): void {
  const seen: SeenKeys = new Map();
  for (const each of rows) planPractitioner(new RowReader(each, findings), known, plan, findings, seen);
}

function planPractitioner(row: RowReader, known: Known, plan: Plan, findings: Findings, seen: SeenKeys): void {
  const key = ownKey(row, seen);
  const givenName = row.required('given_name', personName);
  const familyName = row.required('family_name', personName);
  const title = row.words('title', 200);
  const languages = row.optional('languages', spoken);
  const specialties = specialtiesOf(row, known);
  const from = row.optional('active_from', day);
  const to = row.optional('active_to', day);
  if (from && to && Temporal.PlainDate.compare(to, from) < 0) row.wrong('active_to', 'order');
  if (row.isWrong || key === undefined || givenName === undefined || familyName === undefined) return;
  const before = known.practitioners.ofKey(key) ?? known.practitioners.ofName(`${givenName} ${familyName}`);
  if (before) {
    change(row, { givenName, familyName, title, languages, specialties }, before, key, known, plan, findings);
    return;
  }
  const practitioner: KnownPractitioner = {
    id: newId(),
    givenName,
    familyName,
    title,
    languages: languages ?? [known.language],
    specialties,
    worksElsewhere: false,
  };
  plan.practitioners.added.push({ ...practitioner, activeFrom: from ?? known.today, activeTo: to ?? null });
  plan.keys.push({ kind: 'practitioner', key, id: practitioner.id });
  known.practitioners.add(practitioner, [`${givenName} ${familyName}`]);
  known.practitioners.call(key, practitioner.id);
  findings.count('practitioner', 'added');
}

function specialtiesOf(row: RowReader, known: Known): string[] {
  const said = row.required('specialties', (cell) => ({ ok: true, value: cell.split('|') })) ?? [];
  const ids = said.map((each) => known.specialties.find(each.trim())?.id);
  if (ids.includes(undefined)) row.wrong('specialties', 'unknown-specialty');
  return [...new Set(ids.filter((id) => id !== undefined))];
}

interface Said {
  givenName: string;
  familyName: string;
  title: KnownPractitioner['title'];
  languages: string[] | undefined;
  specialties: string[];
}

function change(
  row: RowReader,
  said: Said,
  before: KnownPractitioner,
  key: string,
  known: Known,
  plan: Plan,
  findings: Findings,
): void {
  plan.keys.push({ kind: 'practitioner', key, id: before.id });
  known.practitioners.call(key, before.id);
  const isKept = differing(row, {
    specialties: [said.specialties.toSorted().join(), before.specialties.toSorted().join()],
  });
  for (const column of isKept) row.note(column, 'keeps-its-value');
  const changed = differing(row, {
    given_name: [said.givenName, before.givenName],
    family_name: [said.familyName, before.familyName],
    languages: [said.languages?.join(), before.languages.join()],
    title_lv: [said.title.lv, before.title.lv],
    title_et: [said.title.et, before.title.et],
    title_en: [said.title.en, before.title.en],
    title_ru: [said.title.ru, before.title.ru],
  });
  if (changed.length > 0 && before.worksElsewhere) {
    for (const column of changed) row.note(column, 'works-elsewhere');
    findings.count('practitioner', 'kept');
    return;
  }
  if (changed.length > 0) {
    plan.practitioners.changed.push({
      ...before,
      givenName: said.givenName,
      familyName: said.familyName,
      title: { ...before.title, ...said.title },
      languages: said.languages ?? before.languages,
      activeFrom: known.today,
      activeTo: null,
    });
  }
  findings.count('practitioner', changed.length > 0 ? 'changed' : isKept.length > 0 ? 'kept' : 'same');
}
