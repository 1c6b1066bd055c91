import { Body, Controller, Headers, HttpCode, Param, Post, Req, UseInterceptors } from '@nestjs/common';
import { IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import type { StaffActor } from '#libs/access';
import { type AppointmentView, type UntoldCode, undoSeconds, untoldCodes } from '#libs/appointments';
import { formatDateTime, formatTime, type Language, Refusal, translate } from '#libs/platform';
import { IdPipe, type WebRequest } from '#libs/web';
import { MoveTo } from '../appointment/move-to.js';
import { nameOf } from '../appointment/name-of.js';
import { TakeBack } from '../appointment/take-back.js';
import type { MovedJson } from '../browser/day-json.js';
import { ChangedMeanwhile } from '../live/changed-meanwhile.js';
import { StaffOf } from '../staff-of.decorator.js';
import { StaffWords } from '../staff-words.js';

/** What is taken back: the version that was seen. */
class SeenRequest {
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  version: number;
}

/** Where something was dropped or pasted: a column, and what its clock shows there. */
class DropRequest extends SeenRequest {
  @IsUUID()
  resourceId: string;

  /** Whose calendar it was pasted into; the visit's own branch when it is left out. */
  @IsOptional()
  @IsUUID()
  branchId?: string;

  /** 'YYYY-MM-DDTHH:MM' of the branch's wall clock; with an offset where the clock shows the same twice. */
  @Matches(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(Z|[+-](0\d|1[0-4]):[0-5]\d)?$/)
  start: string;

  /** Its new length. */
  @IsOptional()
  @IsInt()
  @Min(5)
  @Max(480)
  minutes?: number;

  @IsOptional()
  @IsIn(untoldCodes)
  untold?: UntoldCode;
}

/** What became of it: it stands elsewhere, or only its length is another. */
function movedWords(language: Language, before: AppointmentView, moved: AppointmentView): string {
  const { start, end, timeZone: zone, practitioner } = moved;
  const name = nameOf(moved);
  const isThere = before.start.equals(start) && before.practitioner.id === practitioner.id;
  if (isThere && !before.end.equals(end)) {
    const [from, to] = [formatTime(language, start, zone), formatTime(language, end, zone)];
    return translate(language, 'moves.resized', { name, from, to, practitioner: practitioner.name });
  }
  const time = formatDateTime(language, start, zone, 'weekday');
  return translate(language, 'clinic.move.moved', { name, time, practitioner: practitioner.name });
}

/** @throws Refusal `idempotency-key-missing` */
function requireKey(key: string | undefined): string {
  if (!key || !/^[\w-]{8,64}$/.test(key)) throw new Refusal('idempotency-key-missing');
  return key;
}

/** Dragging, resizing and pasting ask the same verb as the form does; the grid puts the visit back when it is refused. */
@Controller('api/calendar/appointments')
@UseInterceptors(StaffWords)
export class DragController {
  constructor(
    private readonly moveTo: MoveTo,
    private readonly takeBack: TakeBack,
    private readonly changed: ChangedMeanwhile,
  ) {}

  @Post(':id/move')
  @HttpCode(200)
  async move(
    @Param('id', IdPipe) id: string,
    @Body() drop: DropRequest,
    @Headers('idempotency-key') header: string | undefined,
    @StaffOf() actor: StaffActor,
    @Req() { language }: WebRequest,
  ): Promise<MovedJson> {
    const key = requireKey(header);
    const { before, moved } = await this.moveTo
      .run(actor, { id, ...drop, key, endpoint: 'POST calendar/move' })
      .catch((thrown: unknown) => this.changed.told(thrown, actor, id, drop.version));
    return { id, version: moved.version, message: movedWords(language, before, moved), undoSeconds };
  }

  @Post(':id/undo')
  @HttpCode(200)
  async undo(
    @Param('id', IdPipe) id: string,
    @Body() { version }: SeenRequest,
    @Headers('idempotency-key') header: string | undefined,
    @StaffOf() actor: StaffActor,
    @Req() { language }: WebRequest,
  ): Promise<MovedJson> {
    const key = requireKey(header);
    const endpoint = 'POST calendar/undo';
    const { view, ...words } = await this.takeBack
      .run(actor, { id, version, endpoint, key, language })
      .catch((thrown: unknown) => this.changed.told(thrown, actor, id, version));
    const message = `${nameOf(view)}. ${translate(language, words.key, words.args)}`;
    return { id, version: view.version, message, undoSeconds: 0 };
  }
}
