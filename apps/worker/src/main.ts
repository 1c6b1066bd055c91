import { NestFactory } from '@nestjs/core';
import { environment, log } from '#libs/platform';
import { WorkerModule } from './worker.module.js';

const app = await NestFactory.create(WorkerModule, { logger: ['fatal', 'error', 'warn'] });
app.enableShutdownHooks();
const { workerPort } = environment();
await app.listen(workerPort);
log.info({ event: 'listening', app: 'worker', port: workerPort });
