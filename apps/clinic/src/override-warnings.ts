import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { kindsOf, type OverrideKind } from '#libs/appointments';
import { type Obstacles, QuotasOfClinic, type WhyNotBookable } from '#libs/calendars';
import { formatTime, type Language, translate } from '#libs/platform';
import { type Interval, localDate } from '#libs/time';
import { quotaNotes } from './quotas/quotas.view.js';

/** One kind of override, and what exactly it goes against. */
export interface OverrideWarning {
  kind: OverrideKind;
  icon: string;
  title: string;
  lines: string[];
}

const icons = { 'outside-hours': 'clock', 'over-quota': 'landmark', beside: 'users' } as const;

/** Puts into words what stands against a time: which visit, which hours, which quota. */
@Injectable()
export class OverrideWarnings {
  constructor(private readonly quotas: QuotasOfClinic) {}

  /** One warning for each kind that is overridden. */
  async of(staff: StaffActor, found: Obstacles, serviceId: string, language: Language): Promise<OverrideWarning[]> {
    const warnings = new Map<OverrideKind, string[]>();
    for (const why of found.whys) {
      const [kind] = kindsOf([why]) ?? [];
      if (!kind) continue;
      const lines = why === 'quota-used' ? await this.quotaLines(staff, found, serviceId, language) : [];
      const said = lines.length > 0 ? lines : linesOf(why, found, language);
      warnings.set(kind, [...(warnings.get(kind) ?? []), ...said]);
    }
    return [...warnings].map(([kind, lines]) => ({
      kind,
      icon: icons[kind],
      title: translate(language, `override.kinds.${kind}`),
      lines,
    }));
  }

  /** `Hours a month: 40 h of 40 h used` of each limit that is reached. */
  private async quotaLines(
    staff: StaffActor,
    { visit, zone, practitionerId }: Obstacles,
    serviceId: string,
    language: Language,
  ): Promise<string[]> {
    const month = localDate(visit.start, zone).toPlainYearMonth();
    const uses = await this.quotas.inMonth(staff, staff.clinicId, month, [practitionerId]);
    const counting = uses.filter((use) => use.serviceId === null || use.serviceId === serviceId);
    return quotaNotes(counting, language).flatMap(({ name, texts }) => texts.map((text) => `${name} – ${text}`));
  }
}

function linesOf(why: WhyNotBookable, found: Obstacles, language: Language): string[] {
  const { hours, closures, taken, mostPerDay, zone } = found;
  const say = (key: string, args: Record<string, string | number> = {}): string =>
    translate(language, `override.${key}`, args);
  const between = ({ start, end }: Interval): string =>
    `${formatTime(language, start, zone)}–${formatTime(language, end, zone)}`;
  switch (why) {
    case 'outside-hours':
      return [
        hours.length > 0 ? say('hours', { hours: hours.map(between).join(', ') }) : say('no-hours'),
        ...closures.map(({ kind, reason }) => {
          if (kind === 'external') return translate(language, 'grid.busy-own');
          return reason ? say('closed-because', { reason }) : say('why.closed');
        }),
      ];
    case 'taken':
      return taken.length > 0
        ? taken.map(({ kind, time }) => say(`taken.${kind}`, { time: between(time) }))
        : [say('why.taken')];
    case 'day-full':
      return [mostPerDay === null ? say('why.day-full') : say('day-full', { n: mostPerDay })];
    default:
      return [say(`why.${why}`)];
  }
}
