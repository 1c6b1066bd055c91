import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { IsDay, WholeNumber } from '#libs/web';

/** Minutes that one line of the grid can stand for. */
export const steps = [5, 10, 15, 20, 30, 60] as const;
export type Step = (typeof steps)[number];

/** Ids of practitioners, rooms or devices, as a list or with commas between. */
const Ids = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && value !== 'all' ? value.split(',').filter(Boolean) : value === 'all' ? [] : value,
  );

/** Which day of which branch, and whose columns; all may be left out. */
export class DayQuery {
  /** 'YYYY-MM-DD' in the branch's zone; today when it is left out. */
  @IsOptional()
  @IsDay()
  day?: string;

  @IsOptional()
  @IsUUID()
  branch?: string;

  /** Whose columns; `all`, read as nobody by name, is everybody. What the reader keeps when it is left out. */
  @IsOptional()
  @Ids()
  @IsUUID('all', { each: true })
  @ArrayMaxSize(100)
  practitioners?: string[];

  /** Only practitioners of this specialty; `all` when what the reader keeps is not wanted either. */
  @IsOptional()
  @Matches(/^[\w.-]{1,60}$/)
  specialty?: string;

  @IsOptional()
  @WholeNumber()
  @IsIn(steps)
  step?: Step;
}

/** The week or the month of one practitioner, room or device. */
export class WhoQuery extends DayQuery {
  @IsOptional()
  @IsUUID()
  who?: string;
}
