import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { AppointmentsOfAccount } from '#libs/appointments';
import { CLOCK, type Clock, type Language, translate } from '#libs/platform';
import { LanguageOf, Pages, pathTo, type SeeOther, type WebRequest } from '#libs/web';
import { appointmentModel } from './appointment.view.js';
import { askWho, isSignedIn } from './signed-in.js';

const pageSize = 20;

/** Coming and past appointments of a person and theirs. */
@Controller(':language/my-appointments')
export class MyAppointmentsController {
  constructor(
    private readonly pages: Pages,
    private readonly appointments: AppointmentsOfAccount,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @Query('past') past: unknown,
    @Query('cursor') cursor: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const which = past === undefined ? 'coming' : 'past';
    const { items, next } = await this.appointments.run(actor, {
      which,
      limit: pageSize,
      ...(typeof cursor === 'string' && cursor !== '' && { cursor }),
    });
    const here = pathTo(language, '/my-appointments');
    const title = translate(language, 'booking.mine.title');
    return this.pages.render(
      'booking/my-appointments',
      {
        items: items.map((item) => appointmentModel(language, item, this.clock.now())),
        isPast: which === 'past',
        segments: [
          { href: here, label: translate(language, 'booking.mine.coming'), isCurrent: which === 'coming' },
          { href: `${here}?past=yes`, label: translate(language, 'booking.mine.past'), isCurrent: which === 'past' },
        ],
        actions: [{ href: pathTo(language, '/'), label: translate(language, 'booking.nav.find') }],
        nextHref:
          next === null
            ? undefined
            : `${here}?${new URLSearchParams({ ...(which === 'past' && { past: 'yes' }), cursor: next })}`,
        firstHref: cursor === undefined ? undefined : which === 'past' ? `${here}?past=yes` : here,
      },
      { request, title },
    );
  }
}
