import { environment, log } from '#libs/platform';
import { createBookingApp } from './booking-app.js';

const app = await createBookingApp();
const { bookingPort } = environment();
await app.listen(bookingPort);
log.info({ event: 'listening', app: 'booking', port: bookingPort });
