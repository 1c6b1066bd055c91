import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsIn,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Checkbox, Several, WholeNumber } from '#libs/web';
import { pricePattern } from './price.js';

const wrongPrice = { message: 'calendars.wrong.price' };

class RulesForm {
  @IsIn(['automatic', 'manual'])
  confirmation: 'automatic' | 'manual';

  /** Left out: by the lengths of the services. */
  @IsOptional()
  @WholeNumber()
  @Min(5)
  @Max(60)
  gridMinutes?: number;

  @WholeNumber()
  @Min(0)
  @Max(43_200)
  minimumNoticeMinutes: number;

  @WholeNumber()
  @Min(1)
  @Max(730)
  horizonDays: number;

  @WholeNumber()
  @Min(0)
  @Max(336)
  lateCancelHours: number;

  @WholeNumber()
  @Min(1)
  @Max(336)
  answerWithinHours: number;

  @IsOptional()
  @WholeNumber()
  @Min(1)
  @Max(500)
  mostPerDay?: number;

  @Checkbox()
  buffersMayLeaveOpening: boolean;
}

/** A row of the table of services; only rows that are ticked count. */
class OfferForm {
  @IsUUID()
  serviceId: string;

  @Checkbox()
  isOffered: boolean;

  @IsOptional()
  @WholeNumber()
  @Min(5)
  @Max(480)
  minutes?: number;

  @IsOptional()
  @WholeNumber()
  @Min(0)
  @Max(120)
  bufferBefore?: number;

  @IsOptional()
  @WholeNumber()
  @Min(0)
  @Max(120)
  bufferAfter?: number;

  /** What the state pays for a visit. */
  @IsOptional()
  @Matches(pricePattern, wrongPrice)
  tariff?: string;
}

class NewOfferForm extends OfferForm {
  @IsOptional()
  @Matches(pricePattern, wrongPrice)
  statePrice?: string;

  @IsOptional()
  @Matches(pricePattern, wrongPrice)
  paidPrice?: string;
}

/** A service of an existing calendar, with its own rules where it has them. */
class KeptOfferForm extends OfferForm {
  @IsOptional()
  @Matches(pricePattern, wrongPrice)
  price?: string;

  @Checkbox()
  bySession: boolean;

  @IsOptional()
  @IsIn(['automatic', 'manual'])
  confirmation?: 'automatic' | 'manual';

  @IsOptional()
  @WholeNumber()
  @Min(0)
  @Max(43_200)
  minimumNoticeMinutes?: number;

  @IsOptional()
  @WholeNumber()
  @Min(1)
  @Max(730)
  horizonDays?: number;

  @IsOptional()
  @WholeNumber()
  @Min(0)
  @Max(336)
  lateCancelHours?: number;
}

/** Whose calendar is to be opened. */
export class NewCalendarsQuery {
  @IsUUID()
  resource: string;
}

/** Calendars of one practitioner, room or device, opened at one go. */
export class NewCalendarsForm extends NewCalendarsQuery {
  /** `<branch id>|<payer>` of each box that is ticked. */
  @IsOptional()
  @Several()
  @IsArray()
  @ArrayMaxSize(100)
  @Matches(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\|(?:state|paid)$/, { each: true, message: 'choice' })
  places?: string[];

  @IsDefined()
  @ValidateNested()
  @Type(() => RulesForm)
  rules: RulesForm;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => NewOfferForm)
  services?: NewOfferForm[];
}

/** The booking rules and services of one calendar. The payer is no field: it never changes. */
export class CalendarTermsForm {
  @IsDefined()
  @ValidateNested()
  @Type(() => RulesForm)
  rules: RulesForm;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => KeptOfferForm)
  services?: KeptOfferForm[];
}
