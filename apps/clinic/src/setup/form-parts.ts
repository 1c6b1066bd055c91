import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { Words } from '#libs/platform';

/** Digits and what people put between them; an emergency number has three. */
export const phonePattern = /^\+?[0-9](?:[ ()-]{0,2}[0-9]){2,19}$/;

/** A text of a paragraph or a page in up to four languages. */
export class LongWords {
  @IsOptional() @IsString() @MaxLength(3000) lv?: string;
  @IsOptional() @IsString() @MaxLength(3000) et?: string;
  @IsOptional() @IsString() @MaxLength(3000) en?: string;
  @IsOptional() @IsString() @MaxLength(3000) ru?: string;
}

/** A few words in up to four languages. */
export class ShortWords {
  @IsOptional() @IsString() @MaxLength(300) lv?: string;
  @IsOptional() @IsString() @MaxLength(300) et?: string;
  @IsOptional() @IsString() @MaxLength(300) en?: string;
  @IsOptional() @IsString() @MaxLength(300) ru?: string;
}

export const wordsOf = (form: LongWords | ShortWords | undefined): Words => ({ ...form });
