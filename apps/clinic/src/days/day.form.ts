import { IsIn, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsDay, WholeNumber } from '#libs/web';

/** A country, for all its branches, or the id of one branch. */
const place = /^(LV|EE|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** 1 to 720. */
const minutes = '(?:[1-9]\\d?|[1-6]\\d\\d|7[01]\\d|720)';
const choice = new RegExp(`^(usual|open|closed|works-as:[1-7](:${minutes})?|shortened:${minutes})$`);

/** What the address bar holds. */
export class YearQuery {
  @IsOptional()
  @WholeNumber()
  @Min(2020)
  @Max(2100)
  year?: number;

  @IsOptional()
  @Matches(place, { message: 'choice' })
  place?: string;
}

export class DayForm {
  @Matches(place, { message: 'choice' })
  place: string;

  @IsDay()
  day: string;

  /** As `choiceOf` writes it: `usual`, `open`, `closed`, `works-as:1`, `works-as:1:60` or `shortened:60`. */
  @Matches(choice, { message: 'choice' })
  choice: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  note?: string;
}

export class TakeOverForm extends YearQuery {
  @IsIn(['moves', 'shortened'])
  what: 'moves' | 'shortened';
}
