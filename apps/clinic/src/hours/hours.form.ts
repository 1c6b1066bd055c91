import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsObject, IsOptional, IsUUID, Matches, ValidateNested } from 'class-validator';
import { Checkbox, IsDay, IsWallTime, Several } from '#libs/web';

const month = /^\d{4}-(0[1-9]|1[0-2])$/;

/** How a line may come back; a number is every n-th week, counted from the week of `weekAnchor`. */
export const rhythms = ['every', 'odd', 'even', '2', '3', '4', '5', '6', '7', '8'] as const;

/** From when until when, with a break. 00:00 as an end is the end of the day. */
class StretchForm {
  @IsOptional()
  @IsWallTime()
  starts?: string;

  @IsOptional()
  @IsWallTime()
  ends?: string;

  @IsOptional()
  @IsWallTime()
  pauseStarts?: string;

  @IsOptional()
  @IsWallTime()
  pauseEnds?: string;

  /** None, or all of the calendar's: it holds for every service. */
  @IsOptional()
  @Several()
  @IsArray()
  @ArrayMaxSize(100)
  @IsUUID('all', { each: true })
  services?: string[];
}

/** What a person says in one breath. One without days and times is an empty row of the form. */
export class LineForm extends StretchForm {
  @IsOptional()
  @Several()
  @IsArray()
  @ArrayMaxSize(7)
  @IsIn(['1', '2', '3', '4', '5', '6', '7'], { each: true })
  days?: string[];

  @IsOptional()
  @IsIn(rhythms)
  weeks?: (typeof rhythms)[number];

  @IsOptional()
  @IsDay()
  weekAnchor?: string;

  @IsOptional()
  @IsDay()
  validFrom?: string;

  @IsOptional()
  @IsDay()
  validTo?: string;
}

/** One more single day, or all days until another. */
export class DayForm extends StretchForm {
  @IsOptional()
  @IsDay()
  date?: string;

  @IsOptional()
  @IsDay()
  to?: string;

  @Checkbox()
  isOff: boolean;
}

class CopyForm {
  @IsOptional()
  @IsDay()
  weekFrom?: string;

  @IsOptional()
  @IsDay()
  weekTo?: string;

  @IsOptional()
  @Matches(month, { message: 'date' })
  monthFrom?: string;

  @IsOptional()
  @Matches(month, { message: 'date' })
  monthTo?: string;

  @IsOptional()
  @IsUUID()
  calendar?: string;
}

export class HoursForm {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(40)
  @ValidateNested({ each: true })
  @Type(() => LineForm)
  lines?: LineForm[];

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => DayForm)
  day?: DayForm;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CopyForm)
  copy?: CopyForm;

  /** What to do with it: `remove-line.<n>` and `remove-day.<YYYY-MM-DD>` name their row. */
  @Matches(
    /^(save|publish|publish-empty|forget|add-line|add-day|copy-(week|month|calendar)|remove-line\.\d{1,2}|remove-day\.\d{4}-\d\d-\d\d)$/,
    { message: 'choice' },
  )
  action: string;
}
