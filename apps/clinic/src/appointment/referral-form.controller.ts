import { Controller, Get, Param, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { StaffActor } from '#libs/access';
import { ToldBeforeVisit } from '#libs/appointments';
import { IdPipe } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { ReadAppointment } from './read-appointment.js';

const kinds = {
  pdf: { type: 'application/pdf', ending: 'pdf' },
  jpeg: { type: 'image/jpeg', ending: 'jpg' },
} as const;

/**
 * The form that a patient uploaded, as a download and nothing else: a browser neither shows it in place nor guesses what
 * it is, and were it opened here, it could do nothing (faults.md E13). The look is written to the access log.
 */
@Controller(':language/appointments/:id/referral')
export class ReferralFormController {
  constructor(
    private readonly reading: ReadAppointment,
    private readonly told: ToldBeforeVisit,
  ) {}

  @Get()
  async download(
    @Param('id', IdPipe) id: string,
    @StaffOf() staff: StaffActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const view = await this.reading.find(staff, id);
    const { kind, bytes } = await this.told.formOf(staff, view);
    const { type, ending } = kinds[kind];
    response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
    response.setHeader('X-Content-Type-Options', 'nosniff');
    return new StreamableFile(bytes, {
      type,
      length: bytes.length,
      disposition: `attachment; filename="referral-${view.reference}.${ending}"`,
    });
  }
}
