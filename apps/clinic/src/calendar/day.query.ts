import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsOptional, IsUUID } from 'class-validator';
import { IsDay } from '#libs/web';

/** Which day of which branch, and whose columns; all may be left out. */
export class DayQuery {
  /** 'YYYY-MM-DD' in the branch's zone; today when it is left out. */
  @IsOptional()
  @IsDay()
  day?: string;

  @IsOptional()
  @IsUUID()
  branch?: string;

  /** Ids of practitioners, rooms or devices; everybody when it is left out. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value))
  @IsUUID('all', { each: true })
  @ArrayMaxSize(100)
  practitioners?: string[];
}
