import { IsIn, IsOptional, IsString, MaxLength, ValidateBy } from 'class-validator';
import { type ReasonCode, reasonCodes } from '#libs/appointments';
import { idPattern, isId } from '#libs/platform';
import { parseInstant } from '#libs/time';
import { IdempotencyKey } from '#libs/web';

const choice = new RegExp(`^(?:keep|cancel|move\\|${idPattern}\\|${idPattern}\\|([\\dTZ:.+-]{16,40}))$`);

const isChoice = (value: unknown): boolean => {
  const start = typeof value === 'string' ? choice.exec(value) : null;
  return start !== null && (start[1] === undefined || parseInstant(start[1]) !== null);
};

/** `keep`, `cancel` or `move|<calendar>|<service>|<start>` by the appointment's id. */
const ChoicesByVisit = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'choicesByVisit',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'object' &&
          value !== null &&
          !Array.isArray(value) &&
          Object.entries(value).every(([id, each]) => isId(id) && isChoice(each)),
      },
    },
    { message: 'choice' },
  );

/** What a button for all of them chooses. */
export const forAll = ['move', 'keep', 'cancel'] as const;
export type ForAll = (typeof forAll)[number];

export class ChangeForm {
  @IsOptional()
  @ChoicesByVisit()
  visit?: Record<string, string>;

  /** For those that are not listed because they are too many. */
  @IsOptional()
  @IsIn(forAll)
  others?: ForAll;

  /** A button that chooses for all and shows the page again. */
  @IsOptional()
  @IsIn(forAll)
  all?: ForAll;

  @IsOptional()
  @IsIn(reasonCodes)
  reason?: ReasonCode;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;

  @IdempotencyKey()
  idempotencyKey: string;
}
