/** What stands at a path of something that was read from JSON and may be anything. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string | number, unknown>)[step];
  }
  return found;
}

/** The same as text, trimmed; empty when it is none. */
export function textAt(value: unknown, ...path: (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found.trim() : typeof found === 'number' ? String(found) : '';
}

export function listAt(value: unknown, ...path: (string | number)[]): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? (found as unknown[]) : [];
}

/** Our own extensions, for what FHIR R4 has no element for; docs/import.md lists them. */
const ours = 'https://pieraksts.example/fhir/StructureDefinition/';

export function extension(resource: unknown, name: string): unknown {
  return listAt(resource, 'extension').find((each) => textAt(each, 'url') === ours + name);
}

/** Systems and types of identifiers that are a country's person code. HL7 v2-0203: NN and the country. */
const personCodes: Readonly<Record<string, 'LV' | 'EE'>> = {
  'https://fhir.ee/sid/pid/est/ni': 'EE',
  'urn:oid:1.3.6.1.4.1.28284.6.2.2.1': 'EE',
  'https://fhir.ee/sid/pid/lva/ni': 'LV',
  NNEST: 'EE',
  NNLVA: 'LV',
};

export function countryOfIdentifier(identifier: unknown): 'LV' | 'EE' | undefined {
  const type = listAt(identifier, 'type', 'coding').map((coding) => textAt(coding, 'code'));
  return [textAt(identifier, 'system'), ...type].map((each) => personCodes[each]).find((each) => each !== undefined);
}

const logical = (identifier: unknown): string => {
  const [system, value] = [textAt(identifier, 'system'), textAt(identifier, 'value')];
  return value && system ? `${system}|${value}` : value;
};

/** What a resource is called in the system that it comes from: its business identifier, else its id, else its fullUrl. */
export function keyOf(resource: unknown, fullUrl: string): string {
  const identifier = listAt(resource, 'identifier').find((each) => logical(each) && !countryOfIdentifier(each));
  if (identifier) return logical(identifier);
  const id = textAt(resource, 'id');
  return id ? `${textAt(resource, 'resourceType')}/${id}` : fullUrl;
}

/** By which names a reference may mean something: as it is written, its last two parts, its identifier. */
export function namesOf(reference: unknown): string[] {
  const written = textAt(reference, 'reference').replace(/\/_history\/[^/]*$/, '');
  const relative = /(?:^|\/)([A-Z][A-Za-z]+\/[^/]+)$/.exec(written)?.[1];
  return [written, relative ?? '', logical(at(reference, 'identifier'))].filter((name) => name !== '');
}

/** The type that a reference tells by itself. */
export const typeOfReference = (reference: unknown): string =>
  textAt(reference, 'type') || (/(?:^|\/)([A-Z][A-Za-z]+)\/[^/]+$/.exec(textAt(reference, 'reference'))?.[1] ?? '');

export const languageOf = (code: string): string => code.slice(0, 2).toLowerCase();

/** All ways in which a concept says what it is, parted by tabs: one of them will be known. */
export function alternatives(concept: unknown): string {
  const codings = listAt(concept, 'coding').flatMap((each) => [textAt(each, 'code'), textAt(each, 'display')]);
  return [...codings, textAt(concept, 'text')].filter((each) => each !== '').join('\t');
}

export function minutesBetween(start: string, end: string): string {
  const minutes = (Date.parse(end) - Date.parse(start)) / 60_000;
  return Number.isInteger(minutes) && minutes > 0 ? String(minutes) : '';
}

export function hoursOfRole(role: unknown): Record<string, string>[] {
  const [from, to] = [textAt(role, 'period', 'start').slice(0, 10), textAt(role, 'period', 'end').slice(0, 10)];
  return listAt(role, 'availableTime').flatMap((time) => {
    const isAllDay = at(time, 'allDay') === true;
    return listAt(time, 'daysOfWeek').map((day) => ({
      weekday: String(weekdays.indexOf(String(day)) + 1),
      starts: isAllDay ? '00:00' : clockOf(textAt(time, 'availableStartTime')),
      ends: isAllDay ? '24:00' : clockOf(textAt(time, 'availableEndTime')),
      valid_from: from,
      valid_to: to,
    }));
  });
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const clockOf = (time: string): string => time.slice(0, 5);
