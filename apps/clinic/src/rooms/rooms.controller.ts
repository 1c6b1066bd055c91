import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { mayDo, maySomewhere, reachOf, requireSomewhere, type StaffActor } from '#libs/access';
import { CalendarsOfClinic, type ClinicRoom, KeepNeeds, KeepRoom, RoomsOfClinic } from '#libs/calendars';
import { type Language, Refusal, translate, wordsIn } from '#libs/platform';
import {
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
  withError,
  withRefusal,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { capabilityChoices, capabilityIn, capabilityNamed } from './capabilities.js';
import { NeedsForm, RoomForm } from './room.form.js';

const styles = ['staff.css', 'calendars.css'];
const scripts = ['shortcuts.js'];

const roomLine = (room: ClinicRoom, language: Language): object => ({
  href: pathTo(language, '/rooms/', room.id),
  name: room.name,
  kind: translate(language, `calendars.kinds.${room.kind}`),
  branch: room.branch?.name ?? '',
  capability: room.capability === null ? '' : capabilityIn(language, room.capability),
  isActive: room.active,
  taken: room.taken,
  calendars: room.calendars.map(({ id, payer }) => ({ href: pathTo(language, '/calendars/', id), payer })),
  newHref: pathTo(language, `/calendars/new?resource=${room.id}`),
});

/** Rooms and devices of a clinic, and which services take one. */
@Controller(':language/rooms')
export class RoomsController {
  constructor(
    private readonly pages: Pages,
    private readonly rooms: RoomsOfClinic,
    private readonly calendars: CalendarsOfClinic,
    private readonly keep: KeepRoom,
    private readonly keepNeeds: KeepNeeds,
  ) {}

  @Get()
  async list(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const [rooms, needs] = await Promise.all([
      this.rooms.run(staff, staff.clinicId),
      this.rooms.needs(staff, staff.clinicId),
    ]);
    const title = translate(language, 'calendars.rooms.title');
    const names = needs.map(({ name }) => wordsIn(language, name));
    const isAmbiguous = (name: string): boolean => names.indexOf(name) !== names.lastIndexOf(name);
    const model = {
      rooms: rooms.map((room) => roomLine(room, language)),
      mayEdit: maySomewhere(staff, 'profile.edit'),
      mayOpen: reachOf(staff.role, 'hours.edit') === 'clinic',
      services: needs.map((service) => ({
        href: pathTo(language, '/rooms/needs/', service.serviceId),
        name: wordsIn(language, service.name),
        specialty: isAmbiguous(wordsIn(language, service.name)) ? wordsIn(language, service.specialty) : '',
        needs: service.capabilities.map((each) => capabilityIn(language, each)).join(', '),
        missing: service.missing.map(({ branch, capability }) =>
          translate(language, 'calendars.rooms.missing', { branch, what: capabilityIn(language, capability) }),
        ),
      })),
    };
    return this.pages.render('clinic/rooms', model, { request, title, styles, scripts });
  }

  @Get('new')
  async ask(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    requireSomewhere(staff, staff.clinicId, 'profile.edit');
    return this.page(null, formOf({ kind: 'room', active: true }), staff, request);
  }

  @Post('new')
  add(@Body() body: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string | SeeOther> {
    return this.save(null, body, staff, request);
  }

  @Get('needs/:service')
  async needs(
    @Param('service', IdPipe) id: string,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    return this.needsPage(id, staff, request);
  }

  @Post('needs/:service')
  async change(
    @Param('service', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(NeedsForm, body);
    if (!parsed.ok) return this.needsPage(id, actor, request, parsed.form);
    try {
      const capabilities = parsed.value.capabilities ?? [];
      await this.keepNeeds.run({ actor, clinicId: actor.clinicId, serviceId: id, capabilities });
    } catch (thrown) {
      return this.needsPage(id, actor, request, withRefusal(parsed.form, thrown));
    }
    flash(request, { kind: 'success', key: 'calendars.rooms.needs-kept' });
    return seeOther(pathTo(request.language, '/rooms'));
  }

  @Get(':id')
  async show(
    @Param('id', IdPipe) id: string,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const room = (await this.rooms.run(staff, staff.clinicId)).find((each) => each.id === id);
    if (!room) throw new Refusal('not-found');
    const { kind, name, capability, active } = room;
    return this.page(id, formOf({ kind, name, branchId: room.branch?.id, capability, active }), staff, request);
  }

  @Post(':id')
  keepIt(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    return this.save(id, body, staff, request);
  }

  private async save(
    id: string | null,
    body: unknown,
    actor: StaffActor,
    request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(RoomForm, body);
    if (!parsed.ok) return this.page(id, parsed.form, actor, request, 422);
    const { kind, name, branchId, capability, otherCapability, active } = parsed.value;
    const typed = otherCapability === undefined ? null : capabilityNamed(otherCapability);
    if (otherCapability !== undefined && typed === null) {
      const form = withError(parsed.form, 'otherCapability', 'calendars.rooms.latin');
      return this.page(id, form, actor, request, 422);
    }
    try {
      const room = { kind, name, branchId, capability: typed ?? capability ?? null, active };
      await this.keep.run({ actor, clinicId: actor.clinicId, id, room });
    } catch (thrown) {
      return this.page(id, withRefusal(parsed.form, thrown), actor, request, 422);
    }
    flash(request, { kind: 'success', key: 'calendars.rooms.kept' });
    return seeOther(pathTo(request.language, '/rooms'));
  }

  private async page(
    id: string | null,
    form: FormState,
    staff: StaffActor,
    request: WebRequest,
    status = 200,
  ): Promise<string> {
    const { language } = request;
    const [branches, rooms, needs] = await Promise.all([
      this.calendars.branches(staff.clinicId, staff.branchIds),
      this.rooms.run(staff, staff.clinicId),
      this.rooms.needs(staff, staff.clinicId),
    ]);
    const own = [...rooms.map(({ capability }) => capability), ...needs.flatMap(({ capabilities }) => capabilities)];
    const title = translate(language, id === null ? 'calendars.rooms.new' : 'calendars.rooms.one');
    // The rooms that are listed are those in the branches of whoever reads.
    const model = {
      heading: title,
      self: pathTo(language, `/rooms/${id ?? 'new'}`),
      form,
      mayEdit: maySomewhere(staff, 'profile.edit'),
      isNew: id === null,
      kinds: (['room', 'device'] as const).map((value) => ({
        value,
        label: translate(language, `calendars.rooms.kind-${value}`),
      })),
      branches: branches.map((branch) => ({ value: branch.id, label: branch.name })),
      capabilities: [
        { value: '', label: translate(language, 'calendars.rooms.nothing') },
        ...capabilityChoices(language, own),
      ],
      closuresHref: id === null ? '' : pathTo(language, '/closures'),
    };
    return this.pages.render('clinic/rooms-one', model, { request, title, status, styles, scripts });
  }

  private async needsPage(id: string, staff: StaffActor, request: WebRequest, sent?: FormState): Promise<string> {
    const { language } = request;
    const [rooms, needs] = await Promise.all([
      this.rooms.run(staff, staff.clinicId),
      this.rooms.needs(staff, staff.clinicId),
    ]);
    const service = needs.find((each) => each.serviceId === id);
    if (!service) throw new Refusal('not-found');
    const ticked = new Set(sent ? [sent.values['capabilities'] ?? []].flat() : service.capabilities);
    const known = [...new Set([...rooms.flatMap(({ capability }) => capability ?? []), ...service.capabilities])];
    const name = wordsIn(language, service.name);
    const model = {
      name,
      specialty: wordsIn(language, service.specialty),
      self: pathTo(language, '/rooms/needs/', id),
      form: sent ?? formOf({}),
      mayEdit: mayDo(staff, 'profile.edit'),
      boxes: known
        .map((value) => ({ value, text: capabilityIn(language, value), isTicked: ticked.has(value) }))
        .sort((a, b) => a.text.localeCompare(b.text, language)),
    };
    return this.pages.render('clinic/rooms-needs', model, {
      request,
      title: translate(language, 'calendars.rooms.needs-of', { name }),
      status: sent ? 422 : 200,
      styles,
      scripts,
    });
  }
}
