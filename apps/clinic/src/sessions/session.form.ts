import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { IsDay, IsWallTime, Several, WholeNumber } from '#libs/web';

/** Whose sessions are shown, and from when on. */
export class SessionsQuery {
  @IsOptional()
  @IsUUID()
  calendar?: string;

  @IsOptional()
  @IsDay()
  from?: string;
}

export class PlanForm {
  /** `<calendar>|<service>`. */
  @Matches(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, {
    message: 'choice',
  })
  service: string;

  @IsDay()
  from: string;

  /** The last day; the first when it is left out. */
  @IsOptional()
  @IsDay()
  to?: string;

  @Several()
  @IsArray()
  @ArrayMinSize(1, { message: 'required' })
  @ArrayMaxSize(7)
  @IsIn(['1', '2', '3', '4', '5', '6', '7'], { each: true })
  weekdays: string[];

  @IsWallTime()
  starts: string;

  /** Left out: one session a day. */
  @IsOptional()
  @IsWallTime()
  ends?: string;

  /** Minutes from one start to the next; left out: as long as the session. */
  @IsOptional()
  @WholeNumber()
  @Min(5)
  @Max(480)
  every?: number;

  @WholeNumber()
  @Min(1)
  @Max(500)
  seats: number;
}

export class SeatsForm {
  @WholeNumber()
  @Min(1)
  @Max(500)
  seats: number;
}
