import { type MiddlewareConsumer, Module, type NestModule, RequestMethod } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { AppointmentsModule } from '#libs/appointments';
import { CalendarsModule } from '#libs/calendars';
import { InboxModule } from '#libs/notifications';
import { PeopleModule } from '#libs/people';
import { ProfilesModule } from '#libs/profiles';
import { AppointmentOrders } from './appointment-order.js';
import { AppointmentsController } from './appointments.controller.js';
import { CatalogueController } from './catalogue.controller.js';
import { HoldsController } from './holds.controller.js';
import { PlainSlots } from './plain-slots.js';
import { MeController } from './me.controller.js';
import { SearchController } from './search.controller.js';
import { ServiceController } from './service.controller.js';
import { SlotsController } from './slots.controller.js';
import { VerificationsController } from './verifications.controller.js';

/** The public JSON API, `/api/v1`. */
@Module({
  imports: [AccessModule, PeopleModule, ProfilesModule, CalendarsModule, AppointmentsModule, InboxModule],
  controllers: [
    SearchController,
    ServiceController,
    SlotsController,
    CatalogueController,
    VerificationsController,
    HoldsController,
    AppointmentsController,
    MeController,
  ],
  providers: [AppointmentOrders, PlainSlots],
})
export class ApiModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(PlainSlots).forRoutes({ path: 'api/v1/calendars/:id/slots', method: RequestMethod.GET });
  }
}
