import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { complaintBodies, KeepComplaintContacts, SetupOfClinic } from '#libs/profiles';
import { flash, formOf, type FormState, parseForm, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { BoardForm } from './board.form.js';
import { refused } from './refused.js';
import { SetupPages } from './setup-pages.js';

/** Empty rows below those that are filled in. */
const spare = 2;

/** Whom patients can complain to (R3-06): filled in beforehand with the state's bodies. */
@Controller(':language/setup/board')
export class BoardController {
  constructor(
    private readonly pages: SetupPages,
    private readonly setup: SetupOfClinic,
    private readonly keep: KeepComplaintContacts,
  ) {}

  @Get()
  async show(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { complaintContacts, country } = await this.setup.run(staff, staff.clinicId);
    const isNew = complaintContacts.length === 0;
    const complaints = isNew ? complaintBodies[country] : complaintContacts;
    return this.page(request, formOf({ complaints: [...complaints] }), complaints.length + spare, isNew);
  }

  @Post()
  async send(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    await this.setup.run(actor, actor.clinicId);
    const parsed = parseForm(BoardForm, body);
    const rows = Object.keys(parsed.form.values).map((name) => Number(/^complaints\.(\d+)\./.exec(name)?.[1] ?? -1));
    const count = Math.max(...rows, 0) + 1;
    if (!parsed.ok) return this.page(request, parsed.form, count);
    const contacts = (parsed.value.complaints ?? []).flatMap(({ name, ...ways }) => (name ? [{ name, ...ways }] : []));
    try {
      await this.keep.run({ actor, clinicId: actor.clinicId, contacts });
    } catch (thrown) {
      return this.page(request, refused(parsed.form, thrown), count);
    }
    flash(request, { kind: 'success', key: 'setup.saved' });
    return seeOther(pathTo(request.language, '/setup'));
  }

  private page(request: WebRequest, form: FormState, count: number, isNew = false): Promise<string> {
    const rows = Array.from({ length: Math.min(count, 12) }, (_, index) => ({
      number: index + 1,
      ...Object.fromEntries(
        ['name', 'phone', 'email', 'address', 'website'].map((field) => [field, `complaints.${index}.${field}`]),
      ),
    }));
    return this.pages.render('setup-board', { form, rows, isNew }, { request, title: 'setup.board.title', form });
  }
}
