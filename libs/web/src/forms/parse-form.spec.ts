import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Refusal } from '#libs/platform';
import { Checkbox, SeenVersion, WholeNumber } from './decorators.js';
import { formOf, withError, withRefusal } from './form-state.js';
import { parseForm, parseQuery } from './parse-form.js';

class Hours {
  @Matches(/^\d\d:\d\d$/, { message: 'time' }) from: string;
  @WholeNumber() @Min(1) @Max(7) day: number;
}

class ContactForm {
  @IsString() @Length(1, 20) name: string;
  @IsEmail() email: string;
  @IsOptional() @IsString() @MaxLength(100) reason?: string;
  @Checkbox() agreed: boolean;
  @IsOptional() @IsIn(['state', 'paid']) payer?: string;
  @IsOptional() @WholeNumber() @Max(5) count?: number;
  @IsOptional() @IsString() @MaxLength(200) password?: string;
  @IsOptional() @ArrayMaxSize(2) @ValidateNested({ each: true }) @Type(() => Hours) hours?: Hours[];
}

const good = { name: '  Ilze Bērziņa ', email: 'ilze@example.com', agreed: 'on', reason: '' };

describe('a form that was posted', () => {
  it('names only versions that a record can have', () => {
    class Step {
      @SeenVersion() version: number;
    }
    const isTaken = (version: string): boolean => parseForm(Step, { version }).ok;
    expect(['1', '2147483647'].map(isTaken)).toEqual([true, true]);
    expect(['0', '-1', '1.5', '2147483648', '999999999999999', ''].filter(isTaken)).toEqual([]);
  });

  it('gives trimmed, normalised values, and an empty field counts as absent', () => {
    const parsed = parseForm(ContactForm, { ...good, name: ' Ilze Be\u0304rzin\u0327a ' });
    expect(parsed.ok && parsed.value).toMatchObject({ name: 'Ilze Bērziņa', agreed: true });
    expect(parsed.ok && parsed.value.reason).toBeUndefined();
  });

  it('is answered beside each wrong field, in the order of the form, with what was typed', () => {
    const parsed = parseForm(ContactForm, { name: 'x'.repeat(21), email: 'ilze@', count: '9' });
    expect(parsed.ok).toBe(false);
    expect(parsed.form.values).toMatchObject({ email: 'ilze@', count: '9' });
    expect(parsed.form.errors).toEqual({
      name: { code: 'length', args: { min: 1, max: 20 } },
      email: { code: 'email' },
      count: { code: 'max', args: { limit: 5 } },
    });
  });

  it('says "required" of what is missing, whatever else the field must be', () => {
    const parsed = parseForm(ContactForm, { name: '   ' });
    expect(parsed.form.errors).toEqual({ name: { code: 'required' }, email: { code: 'required' } });
  });

  it('refuses fields that the form does not have', () => {
    const parsed = parseForm(ContactForm, { ...good, role: 'admin' });
    expect(parsed.form.errors).toEqual({ role: { code: 'unknown' } });
  });

  it('reads rows from dotted names and names the wrong cell', () => {
    const rows = { ...good, 'hours.0.from': '09:00', 'hours.0.day': '1', 'hours.1.from': '9', 'hours.1.day': '8' };
    const parsed = parseForm(ContactForm, rows);
    expect(parsed.form.errors).toEqual({
      'hours.1.from': { code: 'time' },
      'hours.1.day': { code: 'max', args: { limit: 7 } },
    });
    const right = parseForm(ContactForm, { ...rows, 'hours.1.from': '10:00', 'hours.1.day': '2' });
    expect(right.ok && right.value.hours?.map((row) => row.day)).toEqual([1, 2]);
  });

  it('refuses what PostgreSQL cannot hold beside the field, and shows the rest of it', () => {
    const parsed = parseForm(ContactForm, { ...good, name: 'Il\u0000ze', reason: 'x\uD800' });
    expect(parsed.form.errors).toEqual({ name: { code: 'text' }, reason: { code: 'text' } });
    expect(parsed.form.values).toMatchObject({ name: 'Ilze', reason: 'x\uFFFD' });
  });

  it.each(['__proto__.polluted', 'constructor.prototype.polluted', 'a.__proto__.polluted'])(
    'reaches no prototype by %s',
    (name) => {
      parseForm(ContactForm, { ...good, [name]: 'yes' });
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  it('takes a password as it was typed and never shows it again', () => {
    const parsed = parseForm(ContactForm, { ...good, email: 'x', password: '  pass ' }, { raw: ['password'] });
    expect(parsed.form.values).not.toHaveProperty('password');
    const right = parseForm(ContactForm, { ...good, password: '  pass ' }, { raw: ['password'] });
    expect(right.ok && right.value.password).toBe('  pass ');
  });

  it.each([undefined, null, 'text', 7, [], { name: { deep: 1 }, email: [1, 2] }])('survives a body of %p', (body) => {
    expect(parseForm(ContactForm, body).ok).toBe(false);
  });

  it('answers a text of 100 kB in no time', () => {
    const started = performance.now();
    const parsed = parseForm(ContactForm, { ...good, email: `${'a'.repeat(100_000)}@` });
    expect(parsed.form.errors).toEqual({ email: { code: 'too-long', args: { limit: 10_000 } } });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('a search in the address bar', () => {
  it('drops what it does not know', () => {
    const parsed = parseQuery(ContactForm, { ...good, fbclid: 'x' });
    expect(parsed.ok && Object.keys(parsed.value)).not.toContain('fbclid');
  });
});

describe('a form to show', () => {
  it('is filled beforehand with what is known, by the names of its fields', () => {
    const { values } = formOf({ name: 'Ilze', agreed: true, reason: undefined, hours: [{ from: '09:00', day: 1 }] });
    expect(values).toEqual({ name: 'Ilze', agreed: 'on', 'hours.0.from': '09:00', 'hours.0.day': '1' });
  });

  it('keeps the first mistake of a field', () => {
    expect(withError(withError(formOf({}), 'code', 'required'), 'code', 'code').mistakes).toHaveLength(1);
  });

  it('puts what a verb refused beside its field, and throws on what has none', () => {
    const wrong = new Refusal('wrong-code', { errors: [{ path: 'code', code: 'code' }] });
    expect(withRefusal(formOf({}), wrong).errors).toEqual({ code: { code: 'code' } });
    expect(withRefusal(formOf({}), new Refusal('slot-taken'), { 'slot-taken': 'start' }).errors).toEqual({
      start: { code: 'refusals.slot-taken.detail' },
    });
    expect(() => withRefusal(formOf({}), new Refusal('slot-taken'))).toThrow(Refusal);
    expect(() => withRefusal(formOf({}), new TypeError('bug'))).toThrow(TypeError);
  });
});
