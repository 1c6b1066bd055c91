import { Controller, Get } from '@nestjs/common';
import { ApiSecurity, ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, requireAccount } from '#libs/access';
import { Patients } from '#libs/people';
import { ActorOf } from '#libs/web';
import { PatientList } from './answers.js';
import { ProblemsOf } from './problems-of.js';

/** What concerns the signed-in person. */
@ApiTags('Me')
@ApiSecurity('guest')
@ApiCookieAuth('session')
@Controller('api/v1/me')
export class MeController {
  constructor(private readonly patients: Patients) {}

  @Get('patients')
  @ApiOperation({ summary: 'The people one may book for; person codes masked' })
  @ApiOkResponse({ type: PatientList })
  @ProblemsOf('not-signed-in')
  async mine(@ActorOf() actor: Actor): Promise<PatientList> {
    const people = await this.patients.ofAccount(requireAccount(actor).accountId);
    return {
      items: people.map((each) => ({
        id: each.id,
        givenName: each.givenName,
        familyName: each.familyName,
        birthDate: each.birthDate?.toString() ?? null,
        personCode: each.maskedCode,
      })),
      next: null,
    };
  }
}
