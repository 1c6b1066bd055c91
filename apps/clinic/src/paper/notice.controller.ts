import { Controller, Get, Inject, Param, Query, Req, type StreamableFile } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { Appointments, PatientsOfClinic } from '#libs/appointments';
import { CLOCK, type Clock, environment, type Language, languages, Refusal, translate } from '#libs/platform';
import { ConditionsOfService, referralAsked } from '#libs/profiles';
import { formOf, IdPipe, Pages, parseQuery, pathTo, RateLimit, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { NoticeQuery, type PaperSize, paperSizes } from './notice.query.js';
import { type Notice, notice } from './notice.view.js';
import { pdfFile } from './pdf-file.js';
import { qrPath } from './qr-code.js';

interface Asked {
  notice: Notice;
  paper: PaperSize;
  now: Temporal.Instant;
}

/** The written notice of an appointment, in the patient's language. */
@Controller(':language/paper/notice')
export class NoticeController {
  constructor(
    private readonly pages: Pages,
    private readonly appointments: Appointments,
    private readonly patients: PatientsOfClinic,
    private readonly conditions: ConditionsOfService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  // Before the page: `:file` of it would be read as an id.
  @Get(':id.pdf')
  @RateLimit('pdf', { perMinute: 60, by: 'session' })
  async pdf(
    @Param('id', IdPipe) id: string,
    @Query() query: unknown,
    @StaffOf() staff: StaffActor,
  ): Promise<StreamableFile> {
    const { notice: words, paper, now } = await this.ask(staff, id, query);
    // Loaded with the first PDF only: what draws them takes 20 MB.
    const { noticePdf } = await import('./notice.pdf.js');
    return pdfFile(await noticePdf(words, paper, now), 'notice.pdf');
  }

  @Get(':id')
  async show(
    @Param('id', IdPipe) id: string,
    @Query() query: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const { language } = request;
    const { notice: words, paper } = await this.ask(staff, id, query);
    const self = pathTo(language, '/paper/notice/', id);
    const search = new URLSearchParams({ in: words.language, paper }).toString();
    const named = (each: Language): string => translate(language, `clinic.languages.${each}`);
    const model = {
      notice: words,
      paper,
      self,
      form: formOf({ in: words.language, paper }),
      languages: languages.map((value) => ({ value, label: named(value) })),
      papers: paperSizes.map((value) => ({ value, label: value.toUpperCase() })),
      qr: { size: words.qr.size, path: qrPath(words.qr) },
      pdf: `${self}.pdf?${search}`,
      label: pathTo(language, `/paper/labels?ids=${id}`),
      back: pathTo(language, '/appointments/', id),
    };
    return this.pages.fragment('print/notice', model, { request });
  }

  private async ask(staff: StaffActor, id: string, query: unknown): Promise<Asked> {
    const parsed = parseQuery(NoticeQuery, query);
    if (!parsed.ok) throw new Refusal('invalid');
    const view = await this.appointments.find(staff, id);
    const [conditions] = await Promise.all([
      this.conditions.run(view.service.id),
      // The notice names the person: a look, whoever will hold the paper (promise 10).
      this.patients.card(staff, view.patient.id, { purpose: 'notice', appointmentId: id }),
    ]);
    const now = this.clock.now();
    const words = notice(view, {
      language: parsed.value.in ?? view.language,
      referral: conditions ? referralAsked(conditions, view.payer) : 'none',
      portal: (environment().bookingUrl ?? '').replace(/^https?:\/\//, ''),
      now,
      by: staff.name,
    });
    return { notice: words, paper: parsed.value.paper ?? 'a4', now };
  }
}
