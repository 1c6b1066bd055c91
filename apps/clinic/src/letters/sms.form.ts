import { IsIn, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { textKinds } from '#libs/notifications';
import { type Language, languages } from '#libs/platform';
import { Checkbox, WholeNumber } from '#libs/web';

/** What a clinic says of its short messages. */
export class SmsForm {
  @IsOptional() @IsString() @MaxLength(16) sender?: string;
  @WholeNumber() @Min(0) @Max(100_000) monthlyCap: number;
  @Checkbox() plainLetters: boolean;
}

/** Which message is looked at; what is not said is a cancellation in the reader's own language. */
export class SmsLookQuery {
  @IsOptional() @IsIn(textKinds) kind?: (typeof textKinds)[number];
  @IsOptional() @IsIn(languages) in?: Language;
}
