import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsString, Length } from 'class-validator';
import { mostCalendars, type WhenUnread, whenUnread } from '#libs/calendar-sync';
import { Several } from '#libs/web';

/** Which of a practitioner's calendars count, and what happens while they cannot be read. */
export class BusyCalendarsForm {
  @Several()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostCalendars)
  @IsString({ each: true })
  @Length(1, 300, { each: true })
  calendars: string[];

  @IsIn([...whenUnread])
  whenUnread: WhenUnread;
}
