import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength, ValidateNested } from 'class-validator';
import { longestWords, type PreviewLevel, previewLevels } from '#libs/notifications';
import { type Language, languages } from '#libs/platform';

/** In which language and at which level a letter is looked at; what is not said is the reader's own and the usual one. */
export class LookQuery {
  @IsOptional() @IsIn(languages) in?: Language;
  @IsOptional() @IsIn(previewLevels) level?: PreviewLevel;
}

/** Whose words in which language are looked at; without a branch, those of all. */
export class WordsQuery {
  @IsOptional() @IsIn(languages) in?: Language;
  @IsOptional() @IsUUID() branch?: string;
}

/** A clinic's own words in one language. */
export class WordsForm {
  @IsIn(languages) in: Language;
  @IsOptional() @IsUUID() branch?: string;
  @IsOptional() @IsString() @MaxLength(longestWords.greeting) greeting?: string;
  @IsOptional() @IsString() @MaxLength(longestWords.directions) directions?: string;
  @IsOptional() @IsString() @MaxLength(longestWords.signature) signature?: string;
}

class PreparationWords implements Partial<Record<Language, string>> {
  @IsOptional() @IsString() @MaxLength(longestWords.preparation) lv?: string;
  @IsOptional() @IsString() @MaxLength(longestWords.preparation) et?: string;
  @IsOptional() @IsString() @MaxLength(longestWords.preparation) en?: string;
  @IsOptional() @IsString() @MaxLength(longestWords.preparation) ru?: string;
}

/** How to prepare for visits with one service, in as many languages as there are. */
export class PreparationForm {
  @ValidateNested() @Type(() => PreparationWords) preparation: PreparationWords = new PreparationWords();
}
