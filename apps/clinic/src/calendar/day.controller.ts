import { Controller, Get, Header, Query, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { DayOfBranch } from '#libs/appointments';
import type { WebRequest } from '#libs/web';
import type { DayJson } from '../browser/day-json.js';
import { StaffOf } from '../staff-of.decorator.js';
import { ChooseDay } from './chosen-day.js';
import { DayQuery } from './day.query.js';
import { dayJson } from './day.view.js';

/** The calendar's data for its script. Nothing here is more than the page itself shows. */
@Controller('api/calendar')
export class DayController {
  constructor(
    private readonly chosen: ChooseDay,
    private readonly days: DayOfBranch,
  ) {}

  @Get('day')
  @Header('Cache-Control', 'no-store')
  async day(@Query() query: DayQuery, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<DayJson> {
    const { branch, day, resources, now } = await this.chosen.run(staff, query);
    return dayJson(await this.days.run(staff, branch.id, day, resources), day, now, request.language);
  }

  /** Asked every few seconds; the whole day is read again only when this has changed. */
  @Get('version')
  @Header('Cache-Control', 'no-store')
  async version(@Query() query: DayQuery, @StaffOf() staff: StaffActor): Promise<{ version: string }> {
    const { branch, day, resources } = await this.chosen.run(staff, query);
    return { version: await this.days.version(staff, branch.id, day, resources) };
  }
}
