import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import { IsUUID } from 'class-validator';
import type { StaffActor } from '#libs/access';
import { KeepOrphan, type OrphanedVisit, OrphanedVisits } from '#libs/appointments';
import { formatDateTime, formatTime, type Language, Refusal, translate, wordsIn } from '#libs/platform';
import { flash, Pages, parseForm, pathTo, type SeeOther, seeOther, SeenVersion, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';

class KeepForm {
  @IsUUID('loose')
  id: string;

  @SeenVersion()
  version: number;
}

/** The work list of appointments that have lost their opening: each is kept for good, moved or cancelled. */
@Controller(':language/orphaned')
export class OrphanedController {
  constructor(
    private readonly pages: Pages,
    private readonly orphaned: OrphanedVisits,
    private readonly keepOrphan: KeepOrphan,
  ) {}

  @Get()
  async show(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const { items } = await this.orphaned.run(staff, staff.clinicId);
    const model = { rows: items.map((visit) => rowOf(visit, language)) };
    const title = translate(language, 'changes.orphaned.title');
    return this.pages.render('clinic/orphaned', model, { request, title, styles: ['staff.css', 'changes.css'] });
  }

  @Post('keep')
  async keep(@Body() body: unknown, @StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    const parsed = parseForm(KeepForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    await this.keepOrphan.run({ actor, ...parsed.value });
    flash(request, { kind: 'success', key: 'changes.orphaned.kept' });
    return seeOther(pathTo(request.language, '/orphaned'));
  }
}

function rowOf(visit: OrphanedVisit, language: Language): object {
  const { id, timeZone: zone, start, end } = visit;
  const returnTo = pathTo(language, '/orphaned');
  const self = pathTo(language, '/appointments/', id);
  const back = new URLSearchParams({ returnTo }).toString();
  const phone = visit.contactPhone ?? '';
  return {
    id,
    version: visit.version,
    href: `${self}?${back}`,
    move: `${self}/move?${back}`,
    cancel: `${self}/cancel?${back}`,
    patient: `${visit.patient.givenName} ${visit.patient.familyName}`,
    phone,
    phoneLink: `tel:${phone}`,
    when: `${formatDateTime(language, start, zone, 'weekday')}–${formatTime(language, end, zone)}`,
    service: wordsIn(language, visit.service.name),
    practitioner: visit.practitioner.name,
    branch: visit.branch.name,
    payer: visit.payer,
    why: translate(language, `changes.why.${visit.orphanedWhy}`),
    since: translate(language, 'changes.orphaned.since', {
      at: formatDateTime(language, visit.orphanedAt, zone, 'short'),
    }),
    offered: visit.offeredUntil
      ? translate(language, 'changes.orphaned.offered', {
          at: formatDateTime(language, visit.offeredUntil, zone, 'weekday'),
        })
      : '',
  };
}
