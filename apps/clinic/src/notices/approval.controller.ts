import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { BulksOfClinic, DecideBulk, type DecidedBulk, type HeldBulk, SetNoticeLimit } from '#libs/notifications';
import { formatDateTime, type Language, Refusal, translate } from '#libs/platform';
import {
  emptyForm,
  flash,
  formOf,
  type FormState,
  IdPipe,
  Pages,
  parseForm,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withRefusal,
} from '#libs/web';
import { staffZone } from '../staff/staff.view.js';
import { StaffOf } from '../staff-of.decorator.js';
import { DecisionForm, LimitForm } from './notices.form.js';
import { noticesTabs } from './notices-tabs.js';
import { NoticesWaiting } from './notices-waiting.js';
import { whatToTell } from './told.view.js';

/** Many letters that one person caused at once: a second person looks at them and lets them go, or not. */
@Controller(':language/notices/approval')
export class ApprovalController {
  constructor(
    private readonly pages: Pages,
    private readonly waits: NoticesWaiting,
    private readonly bulks: BulksOfClinic,
    private readonly decide: DecideBulk,
    private readonly setLimit: SetNoticeLimit,
  ) {}

  @Get()
  show(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.page(staff, request);
  }

  @Post('limit')
  async limit(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(LimitForm, body);
    if (!parsed.ok) return this.page(actor, request, { limit: parsed.form });
    await this.setLimit.run({ actor, clinicId: actor.clinicId, perHour: parsed.value.perHour });
    flash(request, { kind: 'success', key: 'notices.approval.limit-saved' });
    return seeOther(pathTo(request.language, '/notices/approval'));
  }

  @Post(':id')
  async answer(
    @Param('id', IdPipe) bulkId: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(DecisionForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    const { decision, code } = parsed.value;
    let n: number;
    try {
      n = await this.decide.run({ actor, bulkId, decision, code });
    } catch (thrown) {
      if (!(thrown instanceof Refusal && thrown.code === 'invalid')) throw thrown;
      return this.page(actor, request, { code: withRefusal(emptyForm(), thrown) });
    }
    flash(request, { kind: 'success', key: `notices.approval.${decision}`, args: { n } });
    return seeOther(pathTo(request.language, '/notices/approval'));
  }

  /** @param sent what was typed and refused: the number, or the code of whoever decides alone */
  private async page(
    staff: StaffActor,
    request: WebRequest,
    sent: { limit?: FormState; code?: FormState } = {},
  ): Promise<string> {
    const { language } = request;
    const [bulks, decided, perHour] = await Promise.all([
      this.bulks.run(staff, staff.clinicId),
      this.bulks.decided(staff, staff.clinicId),
      this.bulks.limit(staff, staff.clinicId),
    ]);
    const model = {
      tabs: noticesTabs(staff, 'approval', language, await this.waits.of(staff)),
      bulks: bulks.map((bulk) => bulkModel(bulk, language)),
      decided: decided.map((bulk) => decidedLine(bulk, language)),
      form: sent.limit ?? formOf({ perHour: String(perHour) }),
      code: sent.code ?? emptyForm(),
    };
    return this.pages.render('clinic/notices-approval', model, {
      request,
      title: translate(language, 'notices.approval.title'),
      styles: ['staff.css', 'desk.css', 'notices.css'],
      status: sent.limit || sent.code ? 422 : 200,
    });
  }
}

function bulkModel(bulk: HeldBulk, language: Language): object {
  const { zone, count, causedBy } = bulk;
  const when = (at: Temporal.Instant): string => formatDateTime(language, at, zone, 'weekday');
  return {
    action: pathTo(language, '/notices/approval/', bulk.id),
    count: translate(language, 'notices.approval.count', { n: count }),
    by: translate(language, 'notices.approval.by', { name: causedBy.name, at: when(bulk.openedAt) }),
    span: translate(language, 'notices.approval.span', { first: when(bulk.firstVisit), last: when(bulk.lastVisit) }),
    kinds: bulk.kinds.map(({ kind, count: n }) => `${translate(language, `notices.kinds.${kind}`)}: ${n}`),
    sample: bulk.sample.map((each) => ({
      href: pathTo(language, '/appointments/', each.appointmentId),
      what: whatToTell(each, language),
      where: [each.practitioner, each.branch].filter(Boolean).join(', '),
    })),
    isTheirsToDecide: bulk.isTheirsToDecide,
    isAlone: bulk.isAlone,
  };
}

/** Who decided what on whose letters, and when. */
const decidedLine = ({ decision, at, count, causedBy, decidedBy, isAlone }: DecidedBulk, language: Language): string =>
  translate(language, `notices.approval.decided-${decision}${isAlone ? '-alone' : ''}`, {
    n: count,
    at: formatDateTime(language, at, staffZone, 'short'),
    causedBy,
    decidedBy,
  });
