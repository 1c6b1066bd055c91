import { Controller, Get, Header, Headers, HttpCode, Inject, Res, UnauthorizedException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { collectDefaultMetrics, register } from 'prom-client';
import { Database } from './database.js';
import { environment } from './environment.js';
import { SCHEMA_VERSION } from './schema-version.js';

let collecting = false;

/** What an operator's tools ask: is it alive, may it have traffic, how does it do. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    @Inject(SCHEMA_VERSION) private readonly schemaVersion: string,
  ) {
    if (!collecting) collectDefaultMetrics();
    collecting = true;
  }

  /** The process answers. It does not depend on anything else (faults.md M3). */
  @Get('health/live')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  live(): { status: string } {
    return { status: 'live' };
  }

  /** The database answers and has the schema that this version needs; 503 otherwise. */
  @Get('health/ready')
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) response: Response): Promise<{ status: string; why?: string }> {
    try {
      const [row] = await this.database.read<{ name: string }>('select name from migrations order by id desc limit 1');
      if (row?.name === this.schemaVersion) return { status: 'ready' };
      response.status(503);
      return { status: 'not-ready', why: 'schema' };
    } catch {
      response.status(503);
      return { status: 'not-ready', why: 'database' };
    }
  }

  /** Prometheus text. With METRICS_TOKEN set only for who has it; the public app has it always behind one. */
  @Get('metrics')
  async metrics(
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const token = environment().metricsToken;
    if (token ? authorization !== `Bearer ${token}` : environment().production) throw new UnauthorizedException();
    response.type(register.contentType);
    return register.metrics();
  }
}
