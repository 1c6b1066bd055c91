import { IsIn, IsOptional } from 'class-validator';
import { type Language, languages } from '#libs/platform';

/** Papers that a notice is printed on. */
export const paperSizes = ['a4', 'a5'] as const;
export type PaperSize = (typeof paperSizes)[number];

/** In which language and on which paper a notice is printed; else in the patient's, on A4. */
export class NoticeQuery {
  @IsOptional()
  @IsIn(languages)
  in?: Language;

  @IsOptional()
  @IsIn(paperSizes)
  paper?: PaperSize;
}
