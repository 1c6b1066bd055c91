import { IsEmail, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';

export class SignInForm {
  @IsEmail()
  @MaxLength(254)
  email: string;

  @IsString()
  @Length(1, 500)
  password: string;

  /** As people copy it: `123 456`. */
  @Matches(/^\d{3} ?\d{3}$/, { message: 'code' })
  code: string;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  returnTo?: string;
}
