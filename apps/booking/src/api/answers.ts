import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { payers, type Payer } from '#libs/calendars';
import { statuses, type Status } from '#libs/appointments';

/** What the calls answer, described for readers of the API. Prices are euros, instants RFC 3339 in UTC. */

const instant = { type: String, format: 'date-time', example: '2026-12-01T07:30:00Z' } as const;
const maybe = { ...instant, nullable: true } as const;

export class Named {
  @ApiProperty() id: string;
  @ApiProperty() name: string;
}

export class NamedPlace extends Named {
  @ApiProperty() slug: string;
}

export class OfferedService extends Named {
  @ApiProperty({ type: 'integer' }) minutes: number;
  @ApiProperty({ type: Number, description: 'Euros' }) price: number;
}

class FoundBranch extends Named {
  @ApiProperty() city: string;
  @ApiProperty() address: string;
  @ApiProperty({ example: 'Europe/Riga' }) timeZone: string;
}

class NextTime {
  @ApiProperty() serviceId: string;
  @ApiProperty(instant) start: string;
}

export class FoundPractitioner {
  @ApiProperty() id: string;
  @ApiProperty() slug: string;
  @ApiProperty() name: string;
  @ApiProperty() title: string;
  @ApiProperty({ type: [Named] }) specialties: Named[];
  @ApiProperty({ type: [String] }) languages: string[];
  @ApiProperty({ type: NamedPlace }) clinic: NamedPlace;
  @ApiProperty({ type: FoundBranch }) branch: FoundBranch;
  @ApiProperty() calendarId: string;
  @ApiProperty({ enum: payers }) payer: Payer;
  @ApiProperty({ enum: ['automatic', 'manual'] }) confirmation: 'automatic' | 'manual';
  @ApiProperty({ type: [OfferedService] }) services: OfferedService[];
  @ApiProperty(maybe) firstFree: string | null;
  @ApiProperty({ type: [NextTime] }) nextTimes: NextTime[];
}

export class FoundPractitioners {
  @ApiProperty({ type: [FoundPractitioner] }) items: FoundPractitioner[];
  @ApiProperty({ type: String, nullable: true, description: 'Cursor of the next page' }) next: string | null;
}

export class Slot {
  @ApiProperty(instant) start: string;
  @ApiProperty(instant) end: string;
}

export class SlotsAnswer {
  @ApiProperty() calendarId: string;
  @ApiProperty() serviceId: string;
  @ApiProperty({ enum: payers }) payer: Payer;
  @ApiProperty({ example: 'Europe/Riga' }) timeZone: string;
  @ApiProperty(instant) computedAt: string;
  @ApiProperty({ type: [Slot] }) slots: Slot[];
  @ApiProperty({ ...maybe, description: 'The first free time of all, also outside the asked days' }) firstFree:
    string | null;
}

export class VerificationAnswer {
  @ApiProperty() id: string;
}

export class GuestAnswer {
  @ApiProperty({ description: 'For the header Authorization: Guest <token>' }) guestToken: string;
  @ApiProperty(instant) expiresAt: string;
}

export class HoldTimes {
  @ApiProperty() id: string;
  @ApiProperty(instant) expiresAt: string;
  @ApiProperty({ ...instant, description: 'It cannot be extended beyond this' }) extendableUntil: string;
}

export class HoldAnswer extends HoldTimes {
  @ApiProperty({ description: 'For the header X-Hold-Token' }) holdToken: string;
  @ApiProperty(instant) start: string;
  @ApiProperty(instant) end: string;
  @ApiProperty() calendarId: string;
  @ApiProperty() serviceId: string;
  @ApiProperty({ enum: payers }) payer: Payer;
  @ApiProperty({ description: 'Euros' }) price: number;
}

class VisitedClinic extends NamedPlace {
  @ApiProperty() phone: string;
}

class VisitedBranch extends Named {
  @ApiProperty() city: string;
  @ApiProperty() address: string;
  @ApiProperty({ type: String, nullable: true }) room: string | null;
  @ApiProperty() phone: string;
}

class VisitedPractitioner extends NamedPlace {
  @ApiProperty() title: string;
}

class VisitedService extends Named {
  @ApiProperty({ type: 'integer' }) minutes: number;
}

class Links {
  @ApiProperty() self: string;
  @ApiProperty() manage: string;
  @ApiProperty() ics: string;
  @ApiProperty() google: string;
  @ApiProperty() outlook: string;
}

export class AppointmentAnswer {
  @ApiProperty() id: string;
  @ApiProperty() reference: string;
  @ApiProperty({ enum: statuses }) status: Status;
  @ApiProperty(instant) start: string;
  @ApiProperty(instant) end: string;
  @ApiProperty({ example: 'Europe/Riga' }) timeZone: string;
  @ApiProperty({ type: VisitedClinic }) clinic: VisitedClinic;
  @ApiProperty({ type: VisitedBranch }) branch: VisitedBranch;
  @ApiProperty({ type: VisitedPractitioner }) practitioner: VisitedPractitioner;
  @ApiProperty({ type: VisitedService }) service: VisitedService;
  @ApiProperty() calendarId: string;
  @ApiProperty() patientId: string;
  @ApiProperty({ enum: payers }) payer: Payer;
  @ApiProperty({ description: 'Euros' }) price: number;
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty({ ...maybe, description: 'While pending: when the clinic answers at the latest' }) answerDueAt:
    string | null;
  @ApiProperty({ ...maybe, description: 'Cancelling later than this is late' }) cancelDeadline: string | null;
  @ApiPropertyOptional({ description: 'It was cancelled inside the late-cancel window' }) late?: boolean;
  @ApiProperty({ type: Links }) links: Links;
}

export class AppointmentList {
  @ApiProperty({ type: [AppointmentAnswer] }) items: AppointmentAnswer[];
  @ApiProperty({ type: String, nullable: true }) next: string | null;
}

export class PatientAnswer {
  @ApiProperty() id: string;
  @ApiProperty() givenName: string;
  @ApiProperty() familyName: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) birthDate: string | null;
  @ApiProperty({ type: String, nullable: true, example: '3********06' }) personCode: string | null;
}

export class PatientList {
  @ApiProperty({ type: [PatientAnswer] }) items: PatientAnswer[];
  @ApiProperty({ type: String, nullable: true }) next: string | null;
}

class NoticeChannel {
  @ApiProperty({ enum: ['mail', 'sms', 'portal'] }) channel: string;
  @ApiProperty({ enum: ['queued', 'held', 'sent', 'failed', 'dropped'] }) state: string;
  @ApiProperty({ ...instant, description: 'Of what was last known' }) at: string;
}

export class NoticeAnswer {
  @ApiProperty() id: string;
  @ApiProperty({ example: 'moved-by-clinic' }) kind: string;
  @ApiProperty(instant) at: string;
  @ApiProperty({ description: 'What happened, in one line' }) subject: string;
  @ApiProperty(maybe) readAt: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Null: it is about the account' })
  appointmentId: string | null;
  @ApiProperty({ type: [NoticeChannel], description: 'Every way in which it was told' }) channels: NoticeChannel[];
}

export class NoticeList {
  @ApiProperty({ type: [NoticeAnswer] }) items: NoticeAnswer[];
  @ApiProperty({ type: String, nullable: true }) next: string | null;
}

export class TermsAnswer {
  @ApiProperty() version: string;
  @ApiProperty() title: string;
  @ApiProperty({ type: [String], description: 'Paragraphs' }) text: string[];
  @ApiProperty({ description: 'The page that people read' }) page: string;
}

export class ProblemAnswer {
  @ApiProperty() type: string;
  @ApiProperty() title: string;
  @ApiProperty({ type: 'integer' }) status: number;
  @ApiProperty() detail: string;
  @ApiProperty() instance: string;
  @ApiProperty({ description: 'From a closed list' }) code: string;
  @ApiPropertyOptional() why?: string;
  @ApiPropertyOptional({ type: 'array', items: { type: 'object' } }) errors?: {
    path: string;
    code: string;
    detail: string;
  }[];
  @ApiPropertyOptional({ type: 'integer', description: 'Seconds' }) retryAfter?: number;
}
