import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { parseDate, parseInstant } from '#libs/time';

/*
 * One declaration for each member: what is accepted, and what the API's description says of it. Members are required
 * unless `optional`, for which JSON's null counts as absent.
 */

interface Common {
  optional?: boolean;
  description?: string;
  example?: unknown;
}

type Schema = Record<string, unknown>;

const member = (
  { optional = false, description, example }: Common,
  schema: Schema,
  checks: PropertyDecorator[],
): PropertyDecorator => {
  const about = {
    ...schema,
    ...(description !== undefined && { description }),
    ...(example !== undefined && { example }),
  };
  return applyDecorators(
    ...(optional ? [ApiPropertyOptional(about), IsOptional(), absent] : [ApiProperty(about)]),
    ...checks,
  );
};

const absent = Transform(({ value }: { value: unknown }) => value ?? undefined);

/** Text of a limited length; longer than that it is refused before anything else looks at it. */
export const Text = (options: Common & { max: number; min?: number }): PropertyDecorator =>
  member(options, { type: String, minLength: options.min ?? 1, maxLength: options.max }, [
    IsString(),
    MinLength(options.min ?? 1),
    MaxLength(options.max),
  ]);

/** An answer to a question: text, or JSON's own numbers and booleans for what they mean. */
export const AnswerText = (): PropertyDecorator =>
  member(
    { description: '`yes` or `no`, the id of an option, a number or a text, as the question’s kind says' },
    { oneOf: [{ type: 'string', maxLength: 2000 }, { type: 'number' }, { type: 'boolean' }] },
    [
      Transform(({ value }: { value: unknown }) =>
        typeof value === 'boolean' ? (value ? 'yes' : 'no') : typeof value === 'number' ? String(value) : value,
      ),
      IsString(),
      MaxLength(2000),
    ],
  );

export const Id = (options: Common = {}): PropertyDecorator =>
  member(options, { type: String, format: 'uuid' }, [IsUUID('loose')]);

export const Choice = (values: readonly string[], options: Common = {}): PropertyDecorator =>
  member(options, { type: String, enum: [...values] }, [IsIn([...values])]);

const isTemporal = (kind: 'Instant' | 'PlainDate', message: string): PropertyDecorator =>
  ValidateBy(
    { name: `is${kind}`, validator: { validate: (value: unknown) => value instanceof Temporal[kind] } },
    { message },
  );

/** JSON's own true or false. */
export const YesOrNo = (options: Common = {}): PropertyDecorator => member(options, { type: Boolean }, [IsBoolean()]);

/** A date-time with offset or Z (RFC 3339), as Temporal.Instant. */
export const InstantText = (options: Common = {}): PropertyDecorator =>
  member({ example: '2026-12-01T09:30:00+02:00', ...options }, { type: String, format: 'date-time' }, [
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (parseInstant(value) ?? value) : value)),
    isTemporal('Instant', 'instant'),
  ]);

/** A day, as Temporal.PlainDate. */
export const DayText = (options: Common = {}): PropertyDecorator =>
  member({ example: '2026-12-01', ...options }, { type: String, format: 'date' }, [
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (parseDate(value) ?? value) : value)),
    isTemporal('PlainDate', 'date'),
  ]);

/** A whole number of JSON; with `typed` one written in an address. */
export const Whole = (options: Common & { min: number; max: number; typed?: boolean }): PropertyDecorator =>
  member(options, { type: 'integer', minimum: options.min, maximum: options.max }, [
    ...(options.typed
      ? [
          Transform(({ value }: { value: unknown }) =>
            typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
          ),
        ]
      : []),
    IsInt(),
    Min(options.min),
    Max(options.max),
  ]);

/** An object of its own class. `type` is written as a function because @nestjs/swagger knows a late one by that name. */
export const Part = (of: () => new () => object, options: Common = {}): PropertyDecorator =>
  member(options, { type: () => of() }, [IsObject(), ValidateNested(), Type(of)]);

/** A short list of such objects. */
export const Parts = (of: () => new () => object, options: Common & { most: number }): PropertyDecorator =>
  member(options, { type: () => of(), isArray: true, maxItems: options.most }, [
    IsArray(),
    ArrayMaxSize(options.most),
    ValidateNested({ each: true }),
    Type(of),
  ]);
