import { leavesAt, type Offset, offsetText, parseOffset, type ReminderSettings } from '#libs/notifications';
import { formatDateTime, type Language, translate } from '#libs/platform';
import { formOf, type FormState } from '#libs/web';
import { choosable, choosableMonths, type OffsetRow, type RemindersForm } from './reminders.form.js';

const rows = [0, 1, 2] as const;
export const channels = ['sms', 'mail'] as const;

/** What was chosen, as the clinic's settings have it; a time of the clock counts for days only. */
export function settingsOf(form: RemindersForm): ReminderSettings {
  const offsets = (chosen: readonly OffsetRow[] = []): Offset[] =>
    chosen.flatMap(({ when, at }) => {
      if (when === undefined) return [];
      return parseOffset(at !== undefined && when.endsWith('d') ? `${when} ${at}` : when) ?? [];
    });
  return {
    sms: offsets(form.sms),
    mail: offsets(form.mail),
    quietFrom: Temporal.PlainTime.from(form.quietFrom),
    quietTo: Temporal.PlainTime.from(form.quietTo),
    letterHours: form.letterHours,
    queueMonths: form.queueMonths === undefined ? null : Number(form.queueMonths),
  };
}

const rowOf = (offset: Offset): OffsetRow => {
  const [when = '', at] = offsetText(offset).split(' ');
  return { when: when as (typeof choosable)[number], ...(at !== undefined && { at }) };
};

/** The form filled with what holds. */
export const formOfSettings = ({
  sms,
  mail,
  quietFrom,
  quietTo,
  letterHours,
  queueMonths,
}: ReminderSettings): FormState =>
  formOf({
    sms: sms.map(rowOf),
    mail: mail.map(rowOf),
    quietFrom: quietFrom.toString({ smallestUnit: 'minute' }),
    quietTo: quietTo.toString({ smallestUnit: 'minute' }),
    letterHours,
    queueMonths,
  });

/** What holds, in sentences about two visits: one that was booked long before, and one on the day before. */
export function examples(
  settings: ReminderSettings,
  { now, zone, language }: { now: Temporal.Instant; zone: string; language: Language },
): string[] {
  const say = (key: string, args = {}): string => translate(language, `reminders.staff.${key}`, args);
  const day = now.toZonedDateTimeISO(zone).toPlainDate().add({ days: 9 });
  const at = (date: Temporal.PlainDate, clock: string): Temporal.Instant =>
    date.toZonedDateTime({ timeZone: zone, plainTime: clock }).toInstant();
  const start = at(day, '10:00');
  const words = (moment: Temporal.Instant): string => formatDateTime(language, moment, zone, 'full');
  const leaving = (booked: Temporal.Instant): string[] =>
    channels.flatMap((channel) =>
      settings[channel].flatMap((offset) => {
        const moment = leavesAt(offset, { start, zone, setAt: booked, createdAt: booked }, settings);
        return moment ? [say(`leaves.${channel}`, { at: words(moment) })] : [];
      }),
    );
  const sentence = (booked: Temporal.Instant): string => {
    const times = leaving(booked);
    const args = { start: words(start), booked: words(booked), times: times.join('; ') };
    return say(times.length > 0 ? 'example' : 'example-none', args);
  };
  return [sentence(at(day.subtract({ days: 60 }), '12:00')), sentence(at(day.subtract({ days: 1 }), '12:00'))];
}

export interface RemindersModel {
  form: FormState;
  channels: { heading: string; rows: { when: string; at: string; label: string }[] }[];
  choices: { value: string; label: string }[];
  months: { value: string; label: string }[];
  labels: Record<string, string>;
}

/** The page's fields with their labels. */
export function remindersModel(form: FormState, language: Language): RemindersModel {
  const say = (key: string, args = {}): string => translate(language, `reminders.staff.${key}`, args);
  const label = (n: number): string => say('reminder', { n: n + 1 });
  return {
    form,
    channels: channels.map((channel) => ({
      heading: say(`by.${channel}`),
      rows: rows.map((n) => ({ when: `${channel}.${n}.when`, at: `${channel}.${n}.at`, label: label(n) })),
    })),
    choices: [
      { value: '', label: say('none') },
      ...choosable.map((value) => ({
        value,
        label: say(value.endsWith('h') ? 'hours' : 'days', { n: Number.parseInt(value, 10) }),
      })),
    ],
    months: [
      { value: '', label: say('queue.nobody') },
      ...choosableMonths.map((value) => ({ value, label: say('queue.after', { n: Number(value) }) })),
    ],
    labels: {
      ...Object.fromEntries(
        channels.flatMap((channel) =>
          rows.flatMap((n) => [
            [`${channel}.${n}.when`, `${say(`by.${channel}`)}: ${label(n)}`],
            [`${channel}.${n}.at`, `${say(`by.${channel}`)}: ${label(n)}`],
          ]),
        ),
      ),
      quietFrom: say('quiet.from'),
      quietTo: say('quiet.to'),
      letterHours: say('late.hours'),
      queueMonths: say('queue.label'),
    },
  };
}
