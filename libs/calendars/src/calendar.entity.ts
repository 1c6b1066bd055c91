import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { dayColumn, instantColumn } from '#libs/platform';

export type Payer = 'state' | 'paid';
export const payers = ['state', 'paid'] as const satisfies readonly Payer[];
export type Confirmation = 'automatic' | 'manual';

/** One bookable resource at one branch for one payer, with its booking rules. */
@Entity('calendar')
export class Calendar {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'branch_id' }) branchId: string;
  @Column('uuid', { name: 'resource_id' }) resourceId: string;
  @Column('text') payer: Payer;
  @Column('text', { default: 'automatic' }) confirmation: Confirmation;
  @Column('smallint', { name: 'grid_minutes', default: 15 }) gridMinutes: number;
  @Column('integer', { name: 'minimum_notice_minutes', default: 60 }) minimumNoticeMinutes: number;
  @Column('smallint', { name: 'horizon_days', default: 90 }) horizonDays: number;
  @Column('boolean', { name: 'buffers_may_leave_opening', default: false }) buffersMayLeaveOpening: boolean;
  @Column('smallint', { name: 'late_cancel_hours', default: 24 }) lateCancelHours: number;
  @Column('smallint', { name: 'answer_within_hours', default: 24 }) answerWithinHours: number;
  @Column('smallint', { name: 'holds_per_address', default: 100 }) holdsPerAddress: number;
  @Column('smallint', { name: 'most_per_day', nullable: true }) mostPerDay: number | null;
  @Column('boolean', { default: false }) published: boolean;
  /** Whether hours are drafted that are not published yet; a draft may also say that there are none. */
  @Column('boolean', { name: 'has_draft_hours', default: false }) hasDraftHours: boolean;
  @Column('date', { name: 'published_until', nullable: true, transformer: dayColumn })
  publishedUntil: Temporal.PlainDate | null;
  /** Since when nothing of it is offered to the public: the practitioner's own calendar cannot be read. */
  @Column('timestamptz', { name: 'paused_since', nullable: true, transformer: instantColumn })
  pausedSince: Temporal.Instant | null;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
}

/** A service as one calendar offers it: length and buffers in minutes, price in cents. */
@Entity('calendar_service')
export class CalendarService {
  @PrimaryColumn('uuid', { name: 'calendar_id' }) calendarId: string;
  @PrimaryColumn('uuid', { name: 'service_id' }) serviceId: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('smallint') minutes: number;
  @Column('smallint', { name: 'buffer_before', default: 0 }) bufferBefore: number;
  @Column('smallint', { name: 'buffer_after', default: 0 }) bufferAfter: number;
  @Column('integer', { name: 'price_cents' }) priceCents: number;
  /** What the state pays for a visit; counts against a quota's money. */
  @Column('integer', { name: 'tariff_cents', default: 0 }) tariffCents: number;
  /** Stricter rules than the calendar's; null: as the calendar. */
  @Column('text', { nullable: true }) confirmation: Confirmation | null;
  @Column('integer', { name: 'minimum_notice_minutes', nullable: true }) minimumNoticeMinutes: number | null;
  @Column('smallint', { name: 'horizon_days', nullable: true }) horizonDays: number | null;
  @Column('smallint', { name: 'late_cancel_hours', nullable: true }) lateCancelHours: number | null;
  /** Its starts are group sessions, not the grid. */
  @Column('boolean', { name: 'by_session', default: false }) bySession: boolean;
  @Column('boolean', { default: true }) active: boolean;
}
