import { Injectable } from '@nestjs/common';
import { AccountOf } from '#libs/access';
import { Inbox } from '#libs/notifications';
import { translate } from '#libs/platform';
import type { Chrome, ChromeSource, WebRequest } from '#libs/web';

/** What stands around every page of the public app. */
@Injectable()
export class BookingChrome implements ChromeSource {
  constructor(
    private readonly accounts: AccountOf,
    private readonly inbox: Inbox,
  ) {}

  async of(request: WebRequest): Promise<Chrome> {
    const links = [
      { path: '/', label: 'booking.nav.find', icon: 'search' },
      { path: '/clinics', label: 'booking.nav.clinics', icon: 'building-2' },
      { path: '/my-appointments', label: 'booking.nav.appointments', icon: 'calendar-days' },
    ];
    const actor = await request.actor();
    if (actor.kind !== 'guest' && actor.kind !== 'patient') return { links };
    const [account, count] = await Promise.all([this.accounts.run(actor.accountId), this.inbox.unread(actor)]);
    return {
      links: [...links, { path: '/messages', label: 'inbox.nav', icon: 'mail', count }],
      actorName: account?.name ?? account?.email ?? translate(request.language, 'booking.signIn.account'),
    };
  }
}
