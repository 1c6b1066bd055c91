import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { Checkbox, IsDay, IsWallTime } from '#libs/web';

/** How often a closure comes again, in days. */
export const rhythms = ['once', '1', '7', '14', '21', '28', '35', '42', '49', '56'] as const;

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
  @IsWallTime()
  starts?: string;

  /** 00:00 is the end of the day. */
  @IsOptional()
  @IsWallTime()
  ends?: string;

  @IsOptional()
  @IsIn(rhythms, { message: 'choice' })
  repeat?: (typeof rhythms)[number];

  @IsOptional()
  @IsDay()
  until?: string;

  /** What patients read. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  publicReason?: string;

  /** Staff's own words. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  reason?: string;
}
