import { ApiProperty } from '@nestjs/swagger';
import {
  ageUnits,
  type AgeUnit,
  type ReferralAsked,
  sexes,
  type Sex,
  visitKinds,
  type VisitKind,
} from '#libs/profiles';
import { Named } from './answers.js';

class AgeLimit {
  @ApiProperty({ type: 'integer', description: 'Included; completed on the day of the visit' }) age: number;
  @ApiProperty({ enum: ageUnits }) unit: AgeUnit;
}

class ReferralNeed {
  @ApiProperty({ enum: ['needed', 'offered', 'none'], description: 'Where the state pays' }) state: ReferralAsked;
  @ApiProperty({ enum: ['needed', 'offered', 'none'], description: 'Where the patient pays' }) paid: ReferralAsked;
}

class OptionAnswer {
  @ApiProperty() value: string;
  @ApiProperty() label: string;
}

class QuestionAnswer {
  @ApiProperty({ description: 'For `answers` of POST /appointments' }) id: string;
  @ApiProperty({ enum: ['yes-no', 'choice', 'short-text', 'number', 'date'] }) kind: string;
  @ApiProperty() text: string;
  @ApiProperty() required: boolean;
  @ApiProperty({ type: [OptionAnswer], description: 'Of yes-no and choice' }) options: OptionAnswer[];
}

/** A service as a program reads it before it books. */
export class ServiceAnswer extends Named {
  @ApiProperty() clinicId: string;
  @ApiProperty({ type: Named }) specialty: Named;
  @ApiProperty({ type: 'integer' }) minutes: number;
  @ApiProperty({ enum: ['in-person', 'phone', 'video'] }) mode: 'in-person' | 'phone' | 'video';
  @ApiProperty({ description: 'How to prepare; empty where there is nothing to do' }) preparation: string;
  @ApiProperty({ type: AgeLimit, nullable: true }) ageFrom: AgeLimit | null;
  @ApiProperty({ type: AgeLimit, nullable: true }) ageTo: AgeLimit | null;
  @ApiProperty({ enum: sexes, nullable: true }) sex: Sex | null;
  @ApiProperty({ enum: visitKinds, nullable: true, description: 'Only for first, or only for repeat visits' })
  visit: VisitKind | null;
  @ApiProperty({ type: [String], description: 'Only for people of one of these groups' }) groups: string[];
  @ApiProperty({ type: ReferralNeed }) referral: ReferralNeed;
  @ApiProperty({ type: [QuestionAnswer] }) questions: QuestionAnswer[];
}
