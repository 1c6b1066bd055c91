import { IsIn, IsISO8601, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { Checkbox } from '#libs/web';

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

export class ClosureForm {
  /** `clinic`, `branch:<id>` or `resource:<id>`. */
  @Matches(/^(clinic|(branch|resource):[0-9a-f-]{36})$/, { message: 'choice' })
  scope: string;

  @IsISO8601({ strict: true }, { message: 'date' })
  from: string;

  /** The last day; the first when it is left out. */
  @IsOptional()
  @IsISO8601({ strict: true }, { message: 'date' })
  to?: string;

  @Checkbox()
  allDay: boolean;

  @IsOptional()
  @Matches(clock, { message: 'time' })
  starts?: string;

  @IsOptional()
  @Matches(clock, { message: 'time' })
  ends?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  reason?: string;

  @IsOptional()
  @IsIn(['close'])
  action?: string;
}
