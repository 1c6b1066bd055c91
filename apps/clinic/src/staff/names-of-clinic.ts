import { Injectable } from '@nestjs/common';
import { CalendarsOfClinic, SettingsOfCalendar } from '#libs/calendars';
import type { ClinicNames } from './staff.view.js';

/** The practitioners and branches that rights are given for, by name. */
@Injectable()
export class NamesOfClinic {
  constructor(
    private readonly calendars: CalendarsOfClinic,
    private readonly settings: SettingsOfCalendar,
  ) {}

  async run(clinicId: string): Promise<ClinicNames> {
    const [branches, bookables] = await Promise.all([
      this.calendars.branches(clinicId),
      this.settings.bookables(clinicId),
    ]);
    return { branches, practitioners: bookables.filter(({ kind }) => kind === 'practitioner') };
  }
}
