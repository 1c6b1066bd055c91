import { IsOptional, IsUUID, Max, Min } from 'class-validator';
import { IsDay, WholeNumber } from '#libs/web';

/** Which days of which branch are watched; or the day of an appointment that is open. */
export class EventsQuery {
  @IsOptional()
  @IsUUID()
  branch?: string;

  /** The first day, 'YYYY-MM-DD' in the branch's zone; today when it is left out. */
  @IsOptional()
  @IsDay()
  day?: string;

  /** How many days: a month with the weeks it begins and ends in has 42. */
  @IsOptional()
  @WholeNumber()
  @Min(1)
  @Max(42)
  days?: number;

  @IsOptional()
  @IsUUID()
  appointment?: string;
}
