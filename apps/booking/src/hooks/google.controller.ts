import { Controller, Headers, HttpCode, Post, UnauthorizedException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DueReadings } from '#libs/calendar-sync';
import { Refusal } from '#libs/platform';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const longestSecret = 256;

/**
 * Where Google says that somebody's calendar changed: never how. Nothing that comes here is believed; the calendar itself
 * is read then (developers.google.com/workspace/calendar/api/guides/push).
 */
@ApiExcludeController()
@Controller('hooks/google')
export class GoogleHookController {
  constructor(private readonly readings: DueReadings) {}

  /** 204 for a channel of ours that comes with its secret; 401 without one, 404 for every other. */
  @Post()
  @HttpCode(204)
  async changed(
    @Headers('x-goog-channel-id') channelId: unknown,
    @Headers('x-goog-channel-token') secret: unknown,
    @Headers('x-goog-resource-state') state: unknown,
  ): Promise<void> {
    if (typeof channelId !== 'string' || typeof secret !== 'string') throw new UnauthorizedException();
    if (!uuid.test(channelId) || secret.length > longestSecret) throw new Refusal('not-found');
    // `sync`: the channel is open, and nothing has changed yet.
    const isNews = state !== 'sync';
    if (!(await this.readings.noteChange({ channelId, secret, isNews }))) throw new Refusal('not-found');
  }
}
