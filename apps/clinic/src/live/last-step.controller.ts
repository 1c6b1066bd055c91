import { Controller, Get, Header, Param, Query, Req } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, Matches, Max, Min } from 'class-validator';
import type { StaffActor } from '#libs/access';
import { IdPipe, type WebRequest, WholeNumber } from '#libs/web';
import type { ChangedAmongJson, ChangedJson } from '../browser/changed-json.js';
import { seenOf, seenPattern } from '../seen.js';
import { StaffOf } from '../staff-of.decorator.js';
import { ChangedMeanwhile } from './changed-meanwhile.js';

class SeenQuery {
  /** The version that the reader has open. */
  @WholeNumber()
  @Min(1)
  @Max(1_000_000_000)
  version: number;
}

class SeenManyQuery {
  /** The requests of a list with the version that it shows: `<id>:<version>`, parted by commas. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @Matches(new RegExp(`^${seenPattern}$`), { each: true })
  @ArrayMaxSize(100)
  seen: string[];
}

/** Asked by a script for an appointment that is open, when something changed around it. It names no patient. */
@Controller('api/calendar/appointments')
export class LastStepController {
  constructor(private readonly changed: ChangedMeanwhile) {}

  @Get('changed')
  @Header('Cache-Control', 'no-store')
  async among(
    @Query() { seen }: SeenManyQuery,
    @StaffOf() staff: StaffActor,
    @Req() { language }: WebRequest,
  ): Promise<ChangedAmongJson> {
    return { changed: await this.changed.among(staff, seen.map(seenOf), language) };
  }

  @Get(':id/last-step')
  @Header('Cache-Control', 'no-store')
  lastStep(
    @Param('id', IdPipe) id: string,
    @Query() { version }: SeenQuery,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<ChangedJson> {
    return this.changed.since(staff, id, version, request.language);
  }
}
