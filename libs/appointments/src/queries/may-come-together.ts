import { Injectable } from '@nestjs/common';
import type { CalendarTerms } from '#libs/calendars';
import { Database, type Tx } from '#libs/platform';
import { askedOfEverybody, referralAsked, serviceConditions } from '#libs/profiles';

/** Whether several can be booked at one go: nobody has to be asked anything but who they are. */
export async function mayComeTogether(
  reader: Pick<Tx, 'query'>,
  terms: Pick<CalendarTerms, 'serviceId' | 'payer' | 'bySession'>,
): Promise<boolean> {
  const service = await serviceConditions(reader, terms.serviceId);
  if (!service || terms.bySession || referralAsked(service, terms.payer) === 'needed') return false;
  return askedOfEverybody(service).length === 0 && !service.questions.some(({ required }) => required);
}

/** The same for pages, before anything is held. */
@Injectable()
export class MayComeTogether {
  constructor(private readonly database: Database) {}

  run(terms: Pick<CalendarTerms, 'serviceId' | 'payer' | 'bySession'>): Promise<boolean> {
    return mayComeTogether(this.database.reader, terms);
  }
}
