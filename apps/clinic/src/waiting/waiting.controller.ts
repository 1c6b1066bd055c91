import { Controller, Get, Query, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { translate } from '#libs/platform';
import { channels, entryStates, WaitingEntries } from '#libs/waiting-list';
import { filled, formOf, Pages, parseQuery, pathTo, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { WaitingQuery } from './waiting.form.js';
import { entryModel } from './waiting.view.js';
import { type Choice, WishesOfClinic } from './wishes-of-clinic.js';

const searchOf = ({ state, branch, practitioner, service, channel, late }: WaitingQuery): Record<string, string> =>
  filled({ state, branch, practitioner, service, channel, late });

/** Who has turned to the clinic and waits for a visit, in the order in which they count. */
@Controller(':language/waiting')
export class WaitingController {
  constructor(
    private readonly pages: Pages,
    private readonly entries: WaitingEntries,
    private readonly wishes: WishesOfClinic,
  ) {}

  @Get()
  async show(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const parsed = parseQuery(WaitingQuery, query);
    const filter = parsed.ok ? parsed.value : new WaitingQuery();
    const [{ items, next, now }, choices, late] = await Promise.all([
      this.entries.page(staff, staff.clinicId, {
        state: filter.state,
        branchId: filter.branch,
        practitionerId: filter.practitioner,
        serviceId: filter.service,
        channel: filter.channel,
        isLate: filter.late === 'on',
        after: filter.after,
      }),
      this.wishes.run(staff, language),
      this.entries.late(staff, staff.clinicId),
    ]);
    const search = searchOf(filter);
    const here = (more: Record<string, string>): string =>
      `${pathTo(language, '/waiting')}?${new URLSearchParams({ ...search, ...more }).toString()}`;
    const any = (label: string): Choice => ({ value: '', label: translate(language, label) });
    const state = filter.state ?? 'waiting';
    const { state: _, ...narrowed } = search;
    const model = {
      rows: items.map((entry) => entryModel(entry, now, language)),
      isWaiting: state === 'waiting',
      states: entryStates.map((each) => ({
        href: `${pathTo(language, '/waiting')}?${new URLSearchParams({ ...narrowed, state: each }).toString()}`,
        label: translate(language, `waiting.states.${each}`),
        isCurrent: each === state,
      })),
      state,
      late: filter.late === 'on' ? 0 : late,
      lateHref: `${pathTo(language, '/waiting')}?late=on`,
      filter: formOf(search),
      isFiltered: Object.keys(narrowed).length > 0,
      branches: [any('clinic.all-branches'), ...choices.branches],
      hasBranches: choices.branches.length > 1,
      practitioners: [any('common.form.all'), ...choices.practitioners],
      services: [any('common.form.all'), ...choices.services],
      channels: [
        any('common.form.all'),
        ...channels.map((value) => ({ value, label: translate(language, `waiting.channels.${value}`) })),
      ],
      nextHref: next === null ? undefined : here({ after: next }),
      previousHref: filter.after === undefined ? undefined : here({}),
    };
    return this.pages.render('clinic/waiting', model, {
      request,
      title: translate(language, 'waiting.title'),
      styles: ['staff.css', 'waiting.css'],
      scripts: ['auto-submit.js', 'shortcuts.js'],
    });
  }
}
