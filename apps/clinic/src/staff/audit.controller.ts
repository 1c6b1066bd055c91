import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import { IsOptional, IsString, IsUUID, Length, Matches, MaxLength } from 'class-validator';
import { type StaffActor, StaffOfClinic } from '#libs/access';
import { AuditOfClinic, type AuditPlace } from '#libs/appointments';
import { translate } from '#libs/platform';
import { parseInstant } from '#libs/time';
import {
  emptyForm,
  type FormState,
  formOf,
  IsDay,
  Pages,
  parseForm,
  parseQuery,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withError,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { auditModel } from './audit.view.js';

class AuditQuery {
  @IsOptional()
  @IsUUID()
  staff?: string;

  @IsOptional()
  @IsUUID()
  patient?: string;

  @IsOptional()
  @IsDay()
  day?: string;

  /** Where the page before ended: moment, part and id, parted by commas. */
  @IsOptional()
  @Matches(/^\d{4}-\d\d-\d\d[ T][\d:.+-]{8,30},(?:look|step|rights),[\w-]{1,40}$/)
  @MaxLength(120)
  from?: string;
}

class ReferenceForm {
  @IsString()
  @Length(4, 40)
  reference: string;
}

function placeOf(from: string | undefined): AuditPlace | null {
  const [at, source, id] = from?.split(',') ?? [];
  // As the database writes it: finer than pages do, and with a short offset.
  const isMoment = parseInstant((at ?? '').replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')) !== null;
  return at && source && id && isMoment ? { at, source, id } : null;
}

/** Who did and who saw what. That it was read stands there, too. */
@Controller(':language/audit')
export class AuditController {
  constructor(
    private readonly pages: Pages,
    private readonly audit: AuditOfClinic,
    private readonly staff: StaffOfClinic,
  ) {}

  @Get()
  show(@Query() query: unknown, @StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<string> {
    const parsed = parseQuery(AuditQuery, query);
    return this.page(parsed.ok ? parsed.value : {}, actor, request, emptyForm());
  }

  /** The reference is typed into a form and becomes an id: no address names a person. */
  @Post('patient')
  async find(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(ReferenceForm, body);
    if (!parsed.ok) return this.page({}, actor, request, parsed.form);
    const patient = await this.audit.patientOf(actor, actor.clinicId, parsed.value.reference);
    if (patient === null)
      return this.page({}, actor, request, withError(parsed.form, 'reference', 'staff.errors.no-reference'));
    return seeOther(pathTo(request.language, `/audit?patient=${patient}`));
  }

  private async page(query: AuditQuery, actor: StaffActor, request: WebRequest, sent: FormState): Promise<string> {
    const { language } = request;
    const { staff, patient, day, from } = query;
    const filter = {
      staffMemberId: staff ?? null,
      patientId: patient ?? null,
      day: day === undefined ? null : Temporal.PlainDate.from(day),
    };
    const { items, next } = await this.audit.run(actor, actor.clinicId, filter, placeOf(from));
    const names = await this.staff.names(actor, actor.clinicId);
    const path = (more: Record<string, string>): string => {
      const search = new URLSearchParams({
        ...(staff && { staff }),
        ...(patient && { patient }),
        ...(day && { day }),
        ...more,
      });
      return pathTo(language, search.size > 0 ? `/audit?${search.toString()}` : '/audit');
    };
    const model = {
      lines: auditModel(items, language),
      filter: formOf({ staff, day }),
      form: sent,
      people: [
        { value: '', label: translate(language, 'staff.audit.everybody') },
        ...names.map(({ id, name }) => ({ value: id, label: name })),
      ],
      patient: patient ?? '',
      newest: from ? path({}) : '',
      older: next ? path({ from: `${next.at},${next.source},${next.id}` }) : '',
      allPatients: pathTo(language, '/audit'),
    };
    const title = translate(language, 'staff.audit.title');
    const status = sent.mistakes.length > 0 ? 422 : 200;
    return this.pages.render('clinic/audit', model, { request, title, status, styles: ['staff.css', 'roles.css'] });
  }
}
