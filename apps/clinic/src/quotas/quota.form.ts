import { IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { WholeNumber } from '#libs/web';
import { pricePattern } from '../calendars/price.js';

const month = /^20\d\d-(?:0[1-9]|1[0-2])$/;

/** Which month is looked at. */
export class MonthQuery {
  @IsOptional()
  @Matches(month)
  month?: string;

  /** Whose quota is to be added. */
  @IsOptional()
  @IsUUID()
  practitioner?: string;
}

export class QuotaForm {
  @IsUUID('all', { message: 'choice' })
  practitioner: string;

  /** Left out: all services together. */
  @IsOptional()
  @IsUUID('all', { message: 'choice' })
  service?: string;

  @Matches(month, { message: 'choice' })
  from: string;

  /** Left out: until further notice. */
  @IsOptional()
  @Matches(month, { message: 'choice' })
  to?: string;

  @IsOptional()
  @Matches(/^\d{1,3}(?:[.,]\d{1,2})?$/, { message: 'calendars.wrong.hours' })
  hours?: string;

  @IsOptional()
  @WholeNumber()
  @Min(0)
  @Max(500)
  visitsADay?: number;

  @IsOptional()
  @WholeNumber()
  @Min(0)
  @Max(10_000)
  visitsAMonth?: number;

  @IsOptional()
  @Matches(pricePattern, { message: 'calendars.wrong.price' })
  money?: string;
}
