import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import { requireStaff, type StaffActor } from '#libs/access';
import { KeepLetterWords, letterWordKinds, WordsOfClinic } from '#libs/notifications';
import { type Language, Refusal, translate } from '#libs/platform';
import {
  flash,
  formOf,
  type FormState,
  Pages,
  parseForm,
  parseQuery,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withRefusal,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { WordsForm, WordsQuery } from './letters.form.js';
import { languageSegments, lookPath } from './letters.view.js';
import { lettersTabs } from './letters-tabs.js';
import { framesOurOwn } from './look-policy.js';

const path = '/letters/words';

interface Place {
  letter: Language;
  branchId: string | null;
}

const addressOf = (language: Language, { letter, branchId }: Place): string =>
  `${pathTo(language, path)}?${new URLSearchParams({ in: letter, ...(branchId && { branch: branchId }) }).toString()}`;

/** What a clinic adds to its letters: greeting, directions and signature, for all branches or one, in each language. */
@Controller(`:language${path}`)
export class WordsController {
  constructor(
    private readonly pages: Pages,
    private readonly words: WordsOfClinic,
    private readonly keep: KeepLetterWords,
  ) {}

  @Get()
  show(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    requireStaff(staff, staff.clinicId, 'letters.edit');
    const parsed = parseQuery(WordsQuery, query);
    const { in: letter = request.language, branch = null } = parsed.ok ? parsed.value : {};
    return this.page({ letter, branchId: branch }, staff, request);
  }

  @Post()
  async save(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(WordsForm, body);
    const asked = parseQuery(WordsQuery, body);
    const { in: letter = request.language, branch: branchId = null } = asked.ok ? asked.value : {};
    const place = { letter, branchId };
    if (!parsed.ok) return this.page(place, actor, request, parsed.form);
    const { greeting = '', signature = '', directions = '' } = parsed.value;
    const words = { greeting, signature, directions };
    try {
      await this.keep.run({ actor, clinicId: actor.clinicId, branchId, language: letter, words });
    } catch (thrown) {
      return this.page(place, actor, request, withRefusal(parsed.form, thrown));
    }
    flash(request, { kind: 'success', key: 'letters.words.saved' });
    return seeOther(addressOf(request.language, place));
  }

  private async page(place: Place, staff: StaffActor, request: WebRequest, sent?: FormState): Promise<string> {
    const { language } = request;
    const { clinicId } = staff;
    const [written, branches] = await Promise.all([
      this.words.written(staff, clinicId),
      this.words.branches(staff, clinicId),
    ]);
    const { letter, branchId } = place;
    if (branchId !== null && !branches.some(({ id }) => id === branchId)) throw new Refusal('not-found');
    const of = (branch: string | null): Record<string, unknown> => ({
      ...written.find((each) => each.branchId === branch && each.language === letter),
    });
    const [own, shared] = [of(branchId), of(null)];
    const say = (key: string): string => translate(language, `letters.words.${key}`);
    framesOurOwn(request);
    const model = {
      tabs: lettersTabs('words', language),
      form: sent ?? formOf(own),
      letter,
      branchId,
      letterLanguages: languageSegments(letter, (each) => addressOf(language, { letter: each, branchId })),
      branches:
        branches.length > 1
          ? [{ id: null, name: say('all-branches') }, ...branches].map(({ id, name }) => ({
              href: addressOf(language, { letter, branchId: id }),
              label: name,
              isCurrent: id === branchId,
            }))
          : [],
      fields: letterWordKinds.map((name) => ({
        name,
        label: say(name),
        hint: say(`${name}-hint`),
        shared: branchId === null ? '' : shared[name],
      })),
      labels: Object.fromEntries(letterWordKinds.map((name) => [name, say(name)])),
      self: pathTo(language, path),
      look: lookPath(language, 'booked', { in: letter, level: 'usual', part: '/look' }),
    };
    const title = translate(language, 'letters.words.title');
    return this.pages.render('clinic/letters-words', model, {
      request,
      title,
      status: sent ? 422 : 200,
      styles: ['staff.css', 'letters.css'],
      isWide: true,
    });
  }
}
