import { environment, log } from '#libs/platform';
import { createWebApp } from '#libs/web';
import { ClinicModule } from './clinic.module.js';

const app = await createWebApp(ClinicModule, { app: 'clinic' });
await app.listen(environment().clinicPort);
log.info({ event: 'listening', app: 'clinic', port: environment().clinicPort });
