import { alternatives, at, countryOfIdentifier, extension, languageOf, listAt, textAt } from './fhir-values.js';

/** The cells of a patient. */
export function patientCells(patient: unknown): Record<string, string> {
  const name = official(patient);
  const code = listAt(patient, 'identifier').find((each) => countryOfIdentifier(each));
  const language = languageOf(textAt(patient, 'communication', 0, 'language', 'coding', 0, 'code'));
  return {
    given_name: joined(listAt(name, 'given'), ' '),
    family_name: textAt(name, 'family'),
    country: code ? (countryOfIdentifier(code) ?? '') : '',
    person_code: textAt(code, 'value'),
    birth_date: textAt(patient, 'birthDate'),
    email: contactOf(patient, 'email'),
    phone: contactOf(patient, 'phone') || contactOf(patient, 'sms'),
    language: ['lv', 'et', 'en', 'ru'].includes(language) ? language : '',
  };
}

/** A text with its translations (the standard `translation` extension), by column: `name` → `name_lv`, `name_et` … */
function wordCells(resource: unknown, element: string, column: string, own: string): Record<string, string> {
  const cells: Record<string, string> = {};
  const plain = textAt(resource, element);
  if (plain) cells[`${column}_${own}`] = plain;
  for (const each of listAt(resource, `_${element}`, 'extension')) {
    if (textAt(each, 'url') !== 'http://hl7.org/fhir/StructureDefinition/translation') continue;
    const part = (name: string): unknown => listAt(each, 'extension').find((inner) => textAt(inner, 'url') === name);
    const language = languageOf(textAt(part('lang'), 'valueCode'));
    const words = textAt(part('content'), 'valueString');
    if (['lv', 'et', 'en', 'ru'].includes(language) && words) cells[`${column}_${language}`] = words;
  }
  return cells;
}

const official = (resource: unknown): unknown => {
  const names = listAt(resource, 'name');
  return names.find((each) => textAt(each, 'use') === 'official') ?? names[0];
};

const joined = (parts: readonly unknown[], by: string): string =>
  parts.filter((part) => typeof part === 'string' && part !== '').join(by);

const contactOf = (resource: unknown, system: string): string =>
  textAt(
    listAt(resource, 'telecom').find((each) => textAt(each, 'system') === system && textAt(each, 'use') !== 'old'),
    'value',
  );

/** Of a Location that is an emergency room (v3-RoleCode ER): no branch, but the nearest provider that branches name. */
export function emergencyOf(location: unknown): Record<string, string> | undefined {
  const codes = listAt(location, 'type').flatMap((each) =>
    listAt(each, 'coding').map((coding) => textAt(coding, 'code')),
  );
  if (!codes.includes('ER')) return undefined;
  return {
    emergency_name: textAt(location, 'name'),
    emergency_address: joined([...listAt(location, 'address', 'line'), textAt(location, 'address', 'city')], ', '),
    emergency_phone: contactOf(location, 'phone'),
  };
}

export function branchCells(location: unknown): Record<string, string> {
  const address = at(location, 'address');
  const zone = listAt(location, 'extension').find(
    (each) => textAt(each, 'url') === 'http://hl7.org/fhir/StructureDefinition/timezone',
  );
  return {
    name: textAt(location, 'name'),
    city: textAt(address, 'city'),
    address: joined(listAt(address, 'line'), ', '),
    postal_code: textAt(address, 'postalCode'),
    phone: contactOf(location, 'phone'),
    email: contactOf(location, 'email'),
    zone: textAt(zone, 'valueCode'),
  };
}

export function practitionerCells(practitioner: unknown, own: string): Record<string, string> {
  const name = official(practitioner);
  const languages = listAt(practitioner, 'communication')
    .map((each) => languageOf(textAt(each, 'coding', 0, 'code')))
    .filter((each) => ['lv', 'et', 'en', 'ru'].includes(each));
  return {
    given_name: joined(listAt(name, 'given'), ' '),
    family_name: textAt(name, 'family'),
    [`title_${own}`]: textAt(practitioner, 'qualification', 0, 'code', 'text'),
    languages: languages.join('|'),
  };
}

export function serviceCells(service: unknown, own: string): Record<string, string> {
  const length = extension(service, 'visit-length');
  return {
    ...wordCells(service, 'name', 'name', own),
    ...wordCells(service, 'comment', 'preparation', own),
    specialty: alternatives(at(service, 'specialty', 0)),
    minutes: textAt(length, 'valueInteger') || textAt(length, 'valueDuration', 'value'),
  };
}
