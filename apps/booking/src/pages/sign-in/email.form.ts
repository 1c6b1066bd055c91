import { IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';

export class EmailForm {
  @IsString() @MaxLength(254) email: string;
  @IsOptional() @IsString() @MaxLength(500) returnTo?: string;
}

export class CodeForm {
  @IsUUID('loose') proof: string;
  @Matches(/^\s*(?:\d[\s-]*){6}$/, { message: 'code' }) code: string;
  @IsOptional() @IsString() @MaxLength(500) returnTo?: string;
}
