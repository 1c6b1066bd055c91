import { applyDecorators } from '@nestjs/common';
import { Expose, Transform } from 'class-transformer';
import { IsBoolean, IsInt, Matches, Max, Min, ValidateBy } from 'class-validator';
import { parseDate, parseInstant } from '#libs/time';

/** A checkbox: absent is false. In JSON a boolean. */
export const Checkbox = (): PropertyDecorator =>
  applyDecorators(
    // Exposed, because what was not sent is not transformed otherwise.
    Expose(),
    Transform(({ value }: { value: unknown }) => value === true || value === 'on' || value === 'true' || value === '1'),
    IsBoolean(),
  );

/** Boxes of one name: a browser sends one as a text, several as a list, none as nothing. */
export const Several = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === undefined ? undefined : [value].flat()));

/** A whole number typed in a form; JSON's own numbers pass as they are. Anything else stays text and is refused. */
export const WholeNumber = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^[+-]?\d{1,15}$/.test(value) ? Number(value) : value,
    ),
    IsInt({ message: 'whole-number' }),
  );

/** The version of a record that whoever sends the form has seen; PostgreSQL's whole numbers go no further. */
export const SeenVersion = (): PropertyDecorator => applyDecorators(WholeNumber(), Min(1), Max(2_147_483_647));

const readBy = (name: string, message: string, read: (text: string) => unknown): PropertyDecorator =>
  ValidateBy(
    { name, validator: { validate: (value: unknown) => typeof value === 'string' && read(value) !== null } },
    { message },
  );

/** A day as a form sends it, `YYYY-MM-DD`, that exists and that `parseDate` reads; ISO 8601 knows many more spellings. */
export const IsDay = (): PropertyDecorator => readBy('isDay', 'date', parseDate);

/** What a clock shows, `HH:MM`, from 00:00 to 23:59. */
export const IsWallTime = (): PropertyDecorator => Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'time' });

/** A moment with its offset or Z, that `parseInstant` reads. */
export const IsMoment = (): PropertyDecorator => readBy('isMoment', 'instant', parseInstant);

/** The key that makes sending a form twice harmless (promise 4): 8 to 64 letters, digits, `-` or `_`. */
export const IdempotencyKey = (): PropertyDecorator =>
  applyDecorators(Matches(/^[\w-]{8,64}$/, { message: 'invalid' }));
