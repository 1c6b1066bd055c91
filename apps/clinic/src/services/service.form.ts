import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  type AgeUnit,
  ageUnits,
  type ServiceDetails,
  type Sex,
  sexes,
  type TargetGroup,
  targetGroups,
  type VisitKind,
  visitKinds,
} from '#libs/profiles';
import { Several, WholeNumber } from '#libs/web';

/** A text in all four languages. */
export class NameForm {
  @IsString() @Length(1, 200) lv: string;
  @IsString() @Length(1, 200) et: string;
  @IsString() @Length(1, 200) en: string;
  @IsString() @Length(1, 200) ru: string;
}

/** A longer text in as many languages as there are. */
export class LongWordsForm {
  @IsOptional() @IsString() @MaxLength(2000) lv?: string;
  @IsOptional() @IsString() @MaxLength(2000) et?: string;
  @IsOptional() @IsString() @MaxLength(2000) en?: string;
  @IsOptional() @IsString() @MaxLength(2000) ru?: string;
}

export const referralChoices = ['none', 'offered', 'state', 'all'] as const;

/** What a clinic says of a service. */
export class ServiceForm {
  @ValidateNested() @Type(() => NameForm) name: NameForm = new NameForm();
  @IsString() @Matches(/^[\w-]{1,80}$/, { message: 'choice' }) specialtyId: string;
  @IsIn(['in-person', 'phone', 'video']) mode: ServiceDetails['mode'];
  @WholeNumber() @Min(5) @Max(480) minutes: number;
  @WholeNumber() @Min(0) @Max(120) bufferBefore: number;
  @WholeNumber() @Min(0) @Max(120) bufferAfter: number;
  @ValidateNested() @Type(() => LongWordsForm) preparation: LongWordsForm = new LongWordsForm();
  @IsOptional() @WholeNumber() @Min(0) @Max(150) ageFrom?: number;
  @IsIn(ageUnits) ageFromUnit: AgeUnit;
  @IsOptional() @WholeNumber() @Min(0) @Max(150) ageTo?: number;
  @IsIn(ageUnits) ageToUnit: AgeUnit;
  @IsOptional() @IsIn(sexes) sex?: Sex;
  @IsOptional() @IsIn(visitKinds) visitKind?: VisitKind;
  @IsOptional()
  @Several()
  @IsArray()
  @ArrayMaxSize(20)
  @IsIn(targetGroups, { each: true })
  targetGroups?: TargetGroup[];
  @IsIn(referralChoices) referral: (typeof referralChoices)[number];
  @IsOptional() @IsIn(['automatic', 'manual']) confirmation?: 'automatic' | 'manual';
}

/** The form as the verb takes it. */
export const detailsOf = (form: ServiceForm): ServiceDetails => ({
  name: { ...form.name },
  specialtyId: form.specialtyId,
  mode: form.mode,
  minutes: form.minutes,
  bufferBefore: form.bufferBefore,
  bufferAfter: form.bufferAfter,
  preparation: { ...form.preparation },
  ageFrom: form.ageFrom ?? null,
  ageFromUnit: form.ageFromUnit,
  ageTo: form.ageTo ?? null,
  ageToUnit: form.ageToUnit,
  sex: form.sex ?? null,
  visitKind: form.visitKind ?? null,
  targetGroups: form.targetGroups ?? [],
  referralRequired: form.referral === 'state' || form.referral === 'all',
  referralScope: form.referral === 'all' ? 'all' : 'state',
  referralOffered: form.referral === 'offered',
  confirmation: form.confirmation ?? null,
});

/** How a service asks for a referral, as the form has it. */
export const referralChoiceOf = (
  service: Pick<ServiceDetails, 'referralRequired' | 'referralScope' | 'referralOffered'>,
): ServiceForm['referral'] =>
  service.referralRequired ? service.referralScope : service.referralOffered ? 'offered' : 'none';

/** `limits.<n>.specialtyId` and `limits.<n>.most`; an empty number is no limit. */
class LimitForm {
  @IsString() @Matches(/^[\w-]{1,80}$/, { message: 'choice' }) specialtyId: string;
  @IsOptional() @WholeNumber() @Min(1) @Max(50) most?: number;
}

export class LimitsForm {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => LimitForm)
  limits?: LimitForm[];
}
