import { type INestApplication, Injectable } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { environment } from '#libs/platform';
import { ApiModule } from './api.module.js';

/** The OpenAPI 3.1 description, made from the code when it is first asked for. */
@Injectable()
export class ApiDescription {
  private app: INestApplication | undefined;
  private made: OpenAPIObject | undefined;

  describes(app: INestApplication): void {
    this.app = app;
  }

  document(): OpenAPIObject {
    if (!this.app) throw new Error('no app to describe');
    return (this.made ??= SwaggerModule.createDocument(this.app, head(), {
      include: [ApiModule],
      operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}-${method}`,
    }));
  }
}

const head = () =>
  new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Pieraksts')
    .setVersion('1')
    .setDescription(
      'Find a time, keep it, book it, move and cancel. Instants are RFC 3339, days YYYY-MM-DD in the zone of the branch, ' +
        'prices euros, ids opaque. Errors are application/problem+json (RFC 9457) with a stable code. Unknown members are ' +
        'refused, bodies over 64 KiB too. Words come in the language of Accept-Language: lv, et, en or ru.',
    )
    .addServer(environment().bookingUrl ?? '/')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'Authorization', description: 'Guest <token>' }, 'guest')
    .addCookieAuth('pieraksts-booking', { type: 'apiKey', in: 'cookie' }, 'session')
    .build();
