import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import { IsDay, WholeNumber } from '#libs/web';

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

/** From when until when a week like this holds, and in which weeks. */
class PeriodForm {
  @IsDay()
  validFrom: string;

  @IsOptional()
  @IsDay()
  validTo?: string;

  @WholeNumber()
  @Min(1)
  @Max(8)
  everyNthWeek: number;

  /** A day of the first week; weeks are counted from it. */
  @IsOptional()
  @IsDay()
  weekAnchor?: string;
}

/** One range of one weekday; a row without times is an empty row of the form. */
class RangeForm {
  /** `<period>|<weekday>`, weekday 1 to 7 from Monday. */
  @Matches(/^\d{1,2}\|[1-7]$/)
  slot: string;

  @IsOptional()
  @Matches(clock, { message: 'time' })
  starts?: string;

  /** 00:00 is the end of the day. */
  @IsOptional()
  @Matches(clock, { message: 'time' })
  ends?: string;
}

export class HoursForm {
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => PeriodForm)
  periods: PeriodForm[];

  @IsArray()
  @ArrayMaxSize(300)
  @ValidateNested({ each: true })
  @Type(() => RangeForm)
  ranges: RangeForm[];

  @IsIn(['save', 'publish', 'add-period'])
  action: 'save' | 'publish' | 'add-period';
}
