import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { mistakesOf } from './error-codes.js';
import { type FormState, type FormValue, withError } from './form-state.js';
import { isStorable, storablePart } from './text-check.js';

export type FormResult<T> = { ok: true; value: T; form: FormState } | { ok: false; form: FormState };

export interface FormOptions {
  /** Fields to leave exactly as typed, such as passwords. They are not shown again. */
  raw?: readonly string[];
}

type Fields = Record<string, FormValue>;

/** Longer than any field of ours: refused before a pattern is tried on it (faults.md E17). */
const longest = 10_000;
const mostFields = 1000;

const tidy = (text: string): string => text.replaceAll('\r\n', '\n').trim().normalize('NFC');

/** What a browser sent, as texts: anything else (JSON's objects, numbers) is not a form's field. */
const fieldsOf = (body: unknown, raw: ReadonlySet<string>): Fields => {
  const fields: Fields = {};
  const sent = typeof body === 'object' && body !== null ? Object.entries(body).slice(0, mostFields) : [];
  for (const [name, value] of sent as [string, unknown][]) {
    const one = (text: string): string => (raw.has(name) ? text : isStorable(text) ? tidy(text) : text);
    if (typeof value === 'string') fields[name] = one(value);
    else if (Array.isArray(value)) fields[name] = value.filter((each) => typeof each === 'string').map(one);
  }
  return fields;
};

/** `hours.0.from` → `{ hours: [{ from }] }`. Names that reach into prototypes and gaps in a list make no member. */
const nested = (fields: Readonly<Fields>): object => {
  type Node = Map<string, Node | FormValue>;
  const root: Node = new Map();
  for (const [name, value] of Object.entries(fields)) {
    const parts = name.split('.');
    if (
      value === '' ||
      parts.length > 4 ||
      parts.some((part) => ['__proto__', 'constructor', 'prototype'].includes(part))
    )
      continue;
    let node = root;
    for (const part of parts.slice(0, -1)) {
      const next = node.get(part);
      const below: Node = next instanceof Map ? next : new Map();
      node.set(part, below);
      node = below;
    }
    node.set(parts.at(-1) ?? '', value);
  }
  const plain = (node: Node): object => {
    const entries = [...node].map(([name, value]): [string, unknown] => [
      name,
      value instanceof Map ? plain(value) : value,
    ]);
    const isList = entries.length > 0 && entries.every(([name]) => /^\d{1,3}$/.test(name));
    if (!isList) return Object.fromEntries(entries);
    return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
  };
  return plain(root);
};

/** What may be shown again: never a password, never what the database or the page cannot hold. */
const kept = (fields: Readonly<Fields>, raw: ReadonlySet<string>): Fields => {
  const values: Fields = {};
  for (const [name, value] of Object.entries(fields)) {
    if (raw.has(name)) continue;
    values[name] =
      typeof value === 'string'
        ? storablePart(value).slice(0, longest)
        : value.map((each) => storablePart(each).slice(0, longest));
  }
  return values;
};

const textMistakes = (fields: Readonly<Fields>, form: FormState): FormState => {
  let state = form;
  for (const [name, value] of Object.entries(fields)) {
    for (const text of [value].flat()) {
      if (text.length > longest) state = withError(state, name, 'too-long', { limit: longest });
      else if (!isStorable(text)) state = withError(state, name, 'text');
    }
  }
  return state;
};

const parse = <T extends object>(
  type: new () => T,
  body: unknown,
  options: FormOptions,
  isQuery: boolean,
): FormResult<T> => {
  const raw = new Set(options.raw ?? []);
  const fields = fieldsOf(body, raw);
  let form: FormState = { values: kept(fields, raw), errors: {}, mistakes: [] };
  form = textMistakes(fields, form);
  if (form.mistakes.length > 0) return { ok: false, form };
  const value = plainToInstance(type, nested(fields));
  const errors = validateSync(value, { whitelist: true, forbidNonWhitelisted: !isQuery, forbidUnknownValues: true });
  for (const { path, error } of mistakesOf(errors)) form = withError(form, path, error.code, error.args);
  return form.mistakes.length > 0 ? { ok: false, form } : { ok: true, value, form };
};

/**
 * Checks what a form posted against a class-validator class. Empty fields are absent, text is trimmed and
 * NFC-normalised, dotted names are nested, members that the class does not declare are refused. Never throws.
 * @returns the checked value, or the form to show again with what was typed and a mistake by each wrong field
 */
export function parseForm<T extends object>(
  type: new () => T,
  body: unknown,
  options: FormOptions = {},
): FormResult<T> {
  return parse(type, body, options, false);
}

/** The same for the address bar, where unknown members (trackers, old links) are dropped instead of refused. */
export function parseQuery<T extends object>(type: new () => T, query: unknown): FormResult<T> {
  return parse(type, query, {}, true);
}
