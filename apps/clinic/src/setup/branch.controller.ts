import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { countVisitsAtBranch } from '#libs/appointments';
import { RefreshBranch } from '#libs/calendars';
import { CLOCK, type Clock, Database, type Language, Refusal, translate, wordsIn } from '#libs/platform';
import {
  type BranchCard,
  type BranchInSetup,
  type ClinicInSetup,
  isElsewhere,
  KeepBranch,
  RemoveBranch,
  SetupChoices,
  SetupOfClinic,
} from '#libs/profiles';
import {
  flash,
  formOf,
  type FormState,
  parseForm,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withError,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { BranchForm } from './branch.form.js';
import { rowsOf, timesOf } from './reception-rows.js';
import { refused } from './refused.js';
import { SetupPages } from './setup-pages.js';

/** Empty lines below those that are filled in. */
const spare = 3;
const zones = ['Europe/Riga', 'Europe/Tallinn'] as const;

/** A branch with its reception times and the nearest round-the-clock provider. */
@Controller(':language/setup/branches')
export class BranchController {
  constructor(
    private readonly pages: SetupPages,
    private readonly setup: SetupOfClinic,
    private readonly choices: SetupChoices,
    private readonly keep: KeepBranch,
    private readonly remove: RemoveBranch,
    private readonly refresh: RefreshBranch,
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('new')
  async ask(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const clinic = await this.setup.run(staff, staff.clinicId);
    const { phone, email, branches } = clinic;
    const zone = branches[0]?.zone ?? (clinic.country === 'LV' ? zones[0] : zones[1]);
    // What a second branch most often shares with the first.
    const emergency = branches[0]?.emergency ?? {};
    return this.page(request, clinic, undefined, formOf({ phone, email, zone, emergency }));
  }

  @Get(':id')
  async show(@Param('id') id: string, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const clinic = await this.setup.run(staff, staff.clinicId);
    const branch = known(clinic, id);
    const { reception, ...rest } = branch;
    return this.page(request, clinic, branch, formOf({ ...rest, reception: rowsOf(reception) }));
  }

  @Post('new')
  async add(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    return this.save(await this.setup.run(actor, actor.clinicId), undefined, body, actor, request);
  }

  @Post(':id')
  async send(
    @Param('id') id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const clinic = await this.setup.run(actor, actor.clinicId);
    return this.save(clinic, known(clinic, id), body, actor, request);
  }

  @Post(':id/remove')
  async takeAway(@Param('id') id: string, @StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    const branch = known(await this.setup.run(actor, actor.clinicId), id);
    try {
      await this.remove.run({ actor, clinicId: actor.clinicId, id: branch.id });
      flash(request, { kind: 'success', key: 'setup.branch.removed' });
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || !['invalid', 'incomplete'].includes(thrown.code)) throw thrown;
      flash(request, { kind: 'error', key: 'setup.errors.branch-in-use' });
    }
    return seeOther(pathTo(request.language, '/setup'));
  }

  private async save(
    clinic: ClinicInSetup,
    branch: BranchInSetup | undefined,
    body: unknown,
    actor: StaffActor,
    request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(BranchForm, body);
    if (!parsed.ok) return this.page(request, clinic, branch, parsed.form);
    const { reception = [], latitude, longitude, room, email, mended, ...card } = parsed.value;
    const specialties = await this.choices.specialties(clinic.country, request.language);
    const former = branch?.reception.map(({ specialty }) => specialty) ?? [];
    const { times, mistakes } = timesOf(reception, new Set([...specialties.map(({ id }) => id), ...former]));
    let form = mistakes.reduce((state, { field, code }) => withError(state, field, code), parsed.form);
    if ((latitude === undefined) !== (longitude === undefined))
      form = withError(form, latitude === undefined ? 'latitude' : 'longitude', 'required');
    if (form.mistakes.length > 0) return this.page(request, clinic, branch, form);
    const kept: BranchCard = {
      ...card,
      room: room ?? null,
      email: email ?? null,
      latitude: latitude ?? null,
      longitude: longitude ?? null,
      reception: times,
    };
    const isMended = mended === 'on';
    try {
      const { id } = await this.keep.run({ actor, clinicId: clinic.id, id: branch?.id ?? null, card: kept, isMended });
      if (branch && branch.city !== kept.city) await this.refresh.run({ actor, clinicId: clinic.id, branchId: id });
    } catch (thrown) {
      return this.page(request, clinic, branch, refused(parsed.form, thrown, `branches.${branch?.id}.`));
    }
    const concerned = branch && !isMended && isElsewhere(branch, kept) ? await this.comingTo(clinic, branch) : 0;
    if (concerned > 0) flash(request, { kind: 'success', key: 'answers.branch.told', args: { n: concerned } });
    else flash(request, { kind: 'success', key: 'setup.saved' });
    return seeOther(pathTo(request.language, '/setup'));
  }

  /** How many coming visits take place there. */
  private comingTo(clinic: ClinicInSetup, branch: BranchInSetup): Promise<number> {
    return countVisitsAtBranch(this.database, { clinicId: clinic.id, branchId: branch.id, now: this.clock.now() });
  }

  private async page(
    request: WebRequest,
    clinic: ClinicInSetup,
    branch: BranchInSetup | undefined,
    form: FormState,
  ): Promise<string> {
    const { language } = request;
    const specialties = await this.choices.specialties(clinic.country, language);
    const model = {
      form,
      name: branch?.name,
      coming: branch ? await this.comingTo(clinic, branch) : 0,
      action: pathTo(language, '/setup/branches/', branch?.id ?? 'new'),
      removeAction: branch && pathTo(language, '/setup/branches/', branch.id, '/remove'),
      // A branch's clock is chosen once: working hours and promised times hang on it.
      zones: zones
        .filter((zone) => !branch || branch.zone === zone)
        .map((value) => ({ value, label: translate(language, `setup.branch.zones.${value}`) })),
      specialties: [
        { value: '', label: translate(language, 'setup.choose') },
        ...specialties.map(({ id, name }) => ({ value: id, label: wordsIn(language, name) })),
      ],
      rows: receptionRows(form),
      days: weekdays(language),
    };
    return this.pages.render('setup-branch', model, {
      request,
      title: branch ? 'setup.branch.title' : 'setup.branch.new',
      form,
    });
  }
}

function known(clinic: ClinicInSetup, id: string): BranchInSetup {
  const branch = clinic.branches.find((each) => each.id === id);
  if (!branch) throw new Refusal('not-found');
  return branch;
}

/** Names of the lines' fields: those that are filled in, and some to fill in. */
function receptionRows(form: FormState): Record<'specialty' | 'days' | 'from' | 'to', string>[] {
  const filled = Object.entries(form.values)
    .filter(([name, value]) => /^reception\.\d+\.specialty$/.test(name) && value !== '')
    .map(([name]) => Number(name.split('.')[1]));
  const wrong = form.mistakes.map(({ field }) => Number(/^reception\.(\d+)\./.exec(field)?.[1] ?? -1));
  const count = Math.min(Math.max(-1, ...filled, ...wrong) + 1 + spare, 120);
  return Array.from({ length: count }, (_, index) => ({
    specialty: `reception.${index}.specialty`,
    days: `reception.${index}.days`,
    from: `reception.${index}.from`,
    to: `reception.${index}.to`,
  }));
}

/** Monday to Sunday, short for the eye and whole for the ear. */
function weekdays(language: Language): { value: string; short: string; long: string }[] {
  const monday = Temporal.PlainDate.from('2026-11-23');
  return Array.from({ length: 7 }, (_, index) => {
    const at = monday.add({ days: index }).toZonedDateTime('UTC').epochMilliseconds;
    const name = (weekday: 'short' | 'long'): string =>
      new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' }).format(at);
    return { value: String(index + 1), short: name('short'), long: name('long') };
  });
}
