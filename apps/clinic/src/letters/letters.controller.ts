import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { requireStaff, type StaffActor } from '#libs/access';
import { isNoticeKind, type NoticeKind, PreviewLetter, type PreviewLevel } from '#libs/notifications';
import { type Language, Refusal, translate } from '#libs/platform';
import { Pages, parseQuery, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { LookQuery } from './letters.form.js';
import { kindGroups, previewModel } from './letters.view.js';
import { lettersTabs } from './letters-tabs.js';
import { framesOurOwn, onlyInOurFrame } from './look-policy.js';

const styles = ['staff.css', 'letters.css'];

interface Look {
  kind: NoticeKind;
  letter: Language;
  level: PreviewLevel;
}

function lookOf(kind: string, query: unknown, language: Language): Look {
  if (!isNoticeKind(kind)) throw new Refusal('not-found');
  const parsed = parseQuery(LookQuery, query);
  const { in: letter = language, level = 'usual' } = parsed.ok ? parsed.value : {};
  return { kind, letter, level };
}

/** Who gets what, and how each letter looks. */
@Controller(':language/letters')
export class LettersController {
  constructor(
    private readonly pages: Pages,
    private readonly preview: PreviewLetter,
  ) {}

  @Get()
  async list(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    requireStaff(staff, staff.clinicId, 'letters.edit');
    const model = { tabs: lettersTabs('kinds', language), groups: kindGroups(language) };
    return this.pages.render('clinic/letters', model, {
      request,
      title: translate(language, 'letters.title'),
      styles,
    });
  }

  @Get('kinds/:kind')
  async show(
    @Param('kind') name: string,
    @Query() query: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const { language } = request;
    const { kind, letter, level } = lookOf(name, query, language);
    const preview = await this.preview.run({ actor, kind, language: letter, level });
    framesOurOwn(request);
    const title = translate(language, `letters.kinds.${kind}.name`);
    const model = {
      tabs: lettersTabs('kinds', language),
      ...previewModel(kind, preview, { language, letter, level }),
    };
    return this.pages.render('clinic/letters-one', model, { request, title, styles, isWide: true });
  }

  /** The letter itself, as a mail program gets it, to be shown in a frame of the page and nowhere else. */
  @Get('kinds/:kind/look')
  async look(
    @Param('kind') name: string,
    @Query() query: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const { kind, letter, level } = lookOf(name, query, request.language);
    const { html } = await this.preview.run({ actor, kind, language: letter, level });
    onlyInOurFrame(request);
    return html;
  }
}
