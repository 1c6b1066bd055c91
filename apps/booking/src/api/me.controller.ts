import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiSecurity, ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, requireAccount } from '#libs/access';
import type { Request } from '#libs/appointments';
import { firstLineOf, Inbox, MarkRead, type PortalNotice } from '#libs/notifications';
import { Patients } from '#libs/people';
import type { Language } from '#libs/platform';
import { ActorOf, IdPipe, LanguageOf } from '#libs/web';
import { NoticeAnswer, NoticeList, PatientList } from './answers.js';
import { Once, Repeatable } from './api-request.js';
import { NoticesQuestion } from './questions.js';
import { ProblemsOf } from './problems-of.js';

/** What concerns the signed-in person. */
@ApiTags('Me')
@ApiSecurity('guest')
@ApiCookieAuth('session')
@Controller('api/v1/me')
export class MeController {
  constructor(
    private readonly patients: Patients,
    private readonly inbox: Inbox,
    private readonly markRead: MarkRead,
  ) {}

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

  @Get('notices')
  @ApiOperation({ summary: 'What one was told of one’s visits and account, newest first' })
  @ApiOkResponse({ type: NoticeList })
  @ProblemsOf('invalid', 'not-signed-in')
  async notices(
    @Query() question: NoticesQuestion,
    @ActorOf() actor: Actor,
    @LanguageOf() language: Language,
  ): Promise<NoticeList> {
    const { items, next } = await this.inbox.run(actor, question);
    return { items: items.map((notice) => noticeAnswer(notice, language)), next };
  }

  @Post('notices/:id/read')
  @HttpCode(200)
  @Repeatable()
  @ApiOperation({ summary: 'Marks it as read; the first mark stays' })
  @ApiOkResponse({ type: NoticeAnswer })
  @ProblemsOf('invalid', 'idempotency-key-missing', 'not-signed-in', 'not-found')
  async read(
    @Param('id', IdPipe) id: string,
    @ActorOf() actor: Actor,
    @Once() _once: Request,
    @LanguageOf() language: Language,
  ): Promise<NoticeAnswer> {
    await this.markRead.run({ actor, id });
    return noticeAnswer(await this.inbox.find(actor, id), language);
  }
}

/** A notice as its own people read it. */
const noticeAnswer = (notice: PortalNotice, language: Language): NoticeAnswer => ({
  id: notice.id,
  kind: notice.kind,
  at: notice.at.toString(),
  subject: firstLineOf(notice, language),
  readAt: notice.readAt?.toString() ?? null,
  appointmentId: notice.appointmentId,
  channels: notice.channels.map(({ channel, state, at }) => ({ channel, state, at: at.toString() })),
});
