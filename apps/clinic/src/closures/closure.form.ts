import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { Checkbox, IsDay } from '#libs/web';

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

export class ClosureForm {
  /** `clinic`, `branch:<id>` or `resource:<id>`. */
  @Matches(/^(clinic|(branch|resource):[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/, { message: 'choice' })
  scope: string;

  @IsDay()
  from: string;

  /** The last day; the first when it is left out. */
  @IsOptional()
  @IsDay()
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
