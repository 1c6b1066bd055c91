import { Module } from '@nestjs/common';
import { ApiDescription } from './api-description.js';
import { ApiDescriptionController } from './api-description.controller.js';

/** Beside ApiModule, which it describes. */
@Module({ controllers: [ApiDescriptionController], providers: [ApiDescription] })
export class ApiDescriptionModule {}
