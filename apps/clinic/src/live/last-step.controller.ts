import { Controller, Get, Header, Param, Query, Req } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import type { StaffActor } from '#libs/access';
import { IdPipe, type WebRequest } from '#libs/web';
import type { ChangedJson } from '../browser/changed-json.js';
import { StaffOf } from '../staff-of.decorator.js';
import { ChangedMeanwhile } from './changed-meanwhile.js';

class SeenQuery {
  /** The version that the reader has open. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  version: number;
}

/** Asked by a script for an appointment that is open, when something changed around it. It names no patient. */
@Controller('api/calendar/appointments')
export class LastStepController {
  constructor(private readonly changed: ChangedMeanwhile) {}

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
