import type { OpenAPIObject } from '@nestjs/swagger';

interface ApiMember {
  /** Dotted where it is inside another: `patient.givenName`. */
  name: string;
  type: string;
  isRequired: boolean;
  description: string;
}

interface ApiCall {
  id: string;
  method: string;
  path: string;
  summary: string;
  parameters: (ApiMember & { place: string })[];
  members: ApiMember[];
  answers: { status: string; description: string; members: ApiMember[] }[];
}

export interface ApiModel {
  description: string;
  groups: { name: string; calls: ApiCall[] }[];
}

type Schema = Record<string, unknown>;
const record = (value: unknown): Schema => (typeof value === 'object' && value !== null ? { ...value } : {});
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The document as a page shows it: calls by group, their members as rows. */
export function apiView(document: OpenAPIObject): ApiModel {
  const schemas = record(record(document.components)['schemas']);
  const groups = new Map<string, ApiCall[]>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(record(item))) {
      const about = record(operation);
      if (!('responses' in about)) continue;
      const name = text((about['tags'] as unknown[] | undefined)?.[0]);
      groups.set(name, [...(groups.get(name) ?? []), callOf(method, path, about, schemas)]);
    }
  }
  return {
    description: document.info.description ?? '',
    groups: [...groups].map(([name, calls]) => ({ name, calls })),
  };
}

function callOf(method: string, path: string, about: Schema, schemas: Schema): ApiCall {
  const parameters = ((about['parameters'] as unknown[] | undefined) ?? []).map(record);
  return {
    id: `${method}${path}`.replace(/[^a-z0-9]+/gi, '-').toLowerCase(),
    method: method.toUpperCase(),
    path,
    summary: text(about['summary']),
    parameters: parameters.map((each) => ({
      name: text(each['name']),
      place: text(each['in']),
      type: typeOf(record(each['schema'])),
      isRequired: each['required'] === true,
      description: text(each['description']),
    })),
    members: membersOf(bodyOf(record(about['requestBody'])), schemas),
    answers: Object.entries(record(about['responses'])).map(([status, answer]) => ({
      status,
      description: text(record(answer)['description']),
      members: Number(status) < 300 ? membersOf(bodyOf(record(answer)), schemas) : [],
    })),
  };
}

const bodyOf = (holder: Schema): Schema => record(record(Object.values(record(holder['content']))[0])['schema']);

const referred = (schema: Schema, schemas: Schema): Schema => {
  const reference = text(schema['$ref']) || text(record((schema['allOf'] as unknown[] | undefined)?.[0])['$ref']);
  return reference ? record(schemas[reference.split('/').at(-1) ?? '']) : schema;
};

function membersOf(schema: Schema, schemas: Schema, prefix = ''): ApiMember[] {
  const whole = referred(schema, schemas);
  if (prefix.split('.').length > 5) return [];
  if (whole['type'] === 'array') return membersOf(record(whole['items']), schemas, prefix);
  const required = new Set((whole['required'] as unknown[] | undefined) ?? []);
  return Object.entries(record(whole['properties'])).flatMap(([name, member]) => {
    const own = record(member);
    const below = membersOf(own, schemas, `${prefix}${name}.`);
    const row: ApiMember = {
      name: prefix + name,
      type: typeOf(own),
      isRequired: required.has(name),
      description: text(own['description']),
    };
    return [row, ...below];
  });
}

function typeOf(schema: Schema): string {
  if (schema['type'] === 'array') return `${typeOf(record(schema['items']))}[]`;
  if (Array.isArray(schema['enum'])) return schema['enum'].map(String).join(' | ');
  if ('$ref' in schema || 'allOf' in schema) return 'object';
  const limit = typeof schema['maxLength'] === 'number' ? ` ≤ ${schema['maxLength']}` : '';
  return [
    text(schema['format']) ||
      [schema['type']]
        .flat()
        .filter((each) => typeof each === 'string')
        .join(' | '),
    limit,
  ].join('');
}
