import { Controller, Get, Header, Query, Req } from '@nestjs/common';
import { IsOptional, Max, Min } from 'class-validator';
import type { StaffActor } from '#libs/access';
import { DayOfBranch } from '#libs/appointments';
import { Refusal } from '#libs/platform';
import { type WebRequest, WholeNumber } from '#libs/web';
import type { DayJson } from '../browser/day-json.js';
import { StaffOf } from '../staff-of.decorator.js';
import { ChooseDay, chosenOf } from './chosen-day.js';
import { ChooseWho } from './chosen-who.js';
import { dayReading } from './day-page.view.js';
import { WhoQuery } from './day.query.js';
import { gridJson } from './grid.view.js';
import { weekReading } from './week-page.view.js';

class VersionQuery extends WhoQuery {
  /** How many days from the first on. */
  @IsOptional()
  @WholeNumber()
  @Min(1)
  @Max(42)
  days?: number;
}

/** The calendar's data for its script. Nothing here is more than the page itself shows. */
@Controller('api/calendar')
export class DayController {
  constructor(
    private readonly chosen: ChooseDay,
    private readonly who: ChooseWho,
    private readonly days: DayOfBranch,
  ) {}

  @Get('day')
  @Header('Cache-Control', 'no-store')
  async day(@Query() query: WhoQuery, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<DayJson> {
    const chosen = await this.chosen.run(staff, query);
    const all = await this.days.run(staff, chosen.branch.id, chosen.day, chosen.resources);
    return gridJson(chosenOf(chosen, all), dayReading(chosen, staff, request.language));
  }

  @Get('week')
  @Header('Cache-Control', 'no-store')
  async week(@Query() query: WhoQuery, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<DayJson> {
    const found = await this.who.run(staff, query);
    if (found === null) throw new Refusal('not-found');
    const { chosen, who } = found;
    const reading = weekReading(chosen, staff, request.language);
    const [monday = chosen.day] = reading.dates;
    return gridJson(await this.days.run(staff, chosen.branch.id, monday, who ? [who.id] : [], 7), reading);
  }

  /** Asked every few seconds; the days are read again only when this has changed. */
  @Get('version')
  @Header('Cache-Control', 'no-store')
  async version(@Query() query: VersionQuery, @StaffOf() staff: StaffActor): Promise<{ version: string }> {
    const { branch, day, resources } = await this.chosen.run(staff, query);
    const looked = query.who ? [query.who] : resources;
    return { version: await this.days.version(staff, branch.id, day, looked, query.days ?? 1) };
  }
}
