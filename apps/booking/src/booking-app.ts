import type { LogLevel } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createWebApp } from '#libs/web';
import { ApiDescription } from './api/api-description.js';
import { BookingModule } from './booking.module.js';

/** The whole app, ready to listen; stories start the same one. */
export async function createBookingApp(options: { logger?: LogLevel[] | false } = {}): Promise<NestExpressApplication> {
  const app = await createWebApp(BookingModule, { app: 'booking', ...options });
  app.get(ApiDescription).describes(app);
  return app;
}
