import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import {
  type AskedChange,
  CarryOutChange,
  ChangeAsked,
  type ChangeProgress,
  type Decision,
  requestOf,
} from '#libs/appointments';
import { Refusal, translate } from '#libs/platform';
import {
  flash,
  formOf,
  type FormState,
  IdPipe,
  Pages,
  parseForm,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withError,
  withRefusal,
} from '#libs/web';
import { reasonChoices } from '../appointment/reason-choices.js';
import { StaffOf } from '../staff-of.decorator.js';
import { ChangeForm } from './change.form.js';
import { backOf, choiceFor, decisionOf, insideModel, visitsListed } from './change.view.js';

/** Refusals after which staff look at the list again. */
const askAgain: ReadonlySet<string> = new Set(['state-changed', 'slot-taken', 'not-bookable', 'patient-busy']);

/** A change with people inside: who they are, what becomes of each, and one button that carries it out. */
@Controller(':language/changes/:id')
export class ChangeController {
  constructor(
    private readonly pages: Pages,
    private readonly asked: ChangeAsked,
    private readonly carryOut: CarryOutChange,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const asked = await this.asked.run(staff, id);
    return this.page(asked, request, formOf({ reason: reasonFor(asked) }), {});
  }

  @Post()
  async decide(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const asked = await this.asked.run(actor, id);
    const parsed = parseForm(ChangeForm, body);
    if (!parsed.ok) return this.page(asked, request, withoutKey(parsed.form), { status: 422 });
    const { all, reason, note, idempotencyKey } = parsed.value;
    if (all) {
      const chosen = Object.fromEntries(asked.inside.map((each) => [`visit.${each.view.id}`, choiceFor(all, each)]));
      const values = { ...parsed.form.values, ...chosen, others: all };
      return this.page(asked, request, { ...withoutKey(parsed.form), values }, {});
    }
    const { decisions, form } = decisionsOf(asked, parsed.value, withoutKey(parsed.form));
    if (form.mistakes.length > 0) return this.page(asked, request, form, { status: 422 });
    try {
      const progress = await this.carryOut.run({
        actor,
        id,
        decisions,
        reasonCode: reason ?? reasonFor(asked),
        note: note ?? null,
        request: requestOf(actor, 'POST changes', idempotencyKey, { id, decisions, reason, note }),
      });
      if (progress.state === 'done') flash(request, { kind: 'success', key: 'changes.done.flash' });
      return seeOther(pathTo(request.language, '/changes/', id));
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || !askAgain.has(thrown.code)) throw thrown;
      // Who is inside is read anew: what was decided stays chosen, and whoever is new waits for a decision.
      const now = await this.asked.run(actor, id);
      const again = thrown.details.errors?.length ? withRefusal(form, thrown) : form;
      return this.page(now, request, again, { status: thrown.status, problem: thrown.code });
    }
  }

  private page(
    asked: AskedChange,
    request: WebRequest,
    form: FormState,
    { status = 200, problem }: { status?: number; problem?: string },
  ): Promise<string> {
    const { language } = request;
    const { change, progress, inside } = asked;
    const self = pathTo(language, '/changes/', progress.id);
    const title = translate(language, `changes.title.${change.kind}`);
    const rows = inside.slice(0, visitsListed).map((each) => insideModel(each, form, language, self));
    const model = {
      self,
      title,
      back: backOf(asked, language),
      form,
      problem: problem && {
        title: translate(language, `refusals.${problem}.title`),
        text: translate(language, `changes.again.${problem}`),
      },
      progress: progressModel(progress),
      inside: rows,
      labels: Object.fromEntries(
        rows.flatMap(({ field, id, patient, when }) => [
          [field, `${patient}, ${when}`],
          [`decisions.${id}`, `${patient}, ${when}`],
        ]),
      ),
      count: inside.length,
      moreCount: Math.max(0, inside.length - visitsListed),
      canMoveAny: inside.some(({ proposals }) => proposals.length > 0),
      others: (['keep', 'move', 'cancel'] as const).map((value) => ({
        value,
        label: translate(language, `changes.all.${value}`),
      })),
      reasons: reasonChoices(language),
      orphaned: pathTo(language, '/orphaned'),
    };
    return this.pages.render('clinic/change', model, { request, title, status, styles: ['staff.css', 'changes.css'] });
  }
}

/** A form that is shown again is another request. */
const withoutKey = (form: FormState): FormState => {
  const { idempotencyKey: _, ...values } = form.values;
  return { ...form, values };
};

const reasonFor = ({ change }: AskedChange): 'clinic-closed' | 'clinic-other' =>
  change.kind === 'close' || change.kind === 'keep-days' ? 'clinic-closed' : 'clinic-other';

const progressModel = (progress: ChangeProgress): object => ({
  ...progress,
  isDone: progress.state === 'done',
  isUnderWay: progress.state === 'under-way',
  all: progress.done + progress.left,
});

/** What was decided for everybody inside, and who still waits for a decision. */
function decisionsOf(
  { inside }: AskedChange,
  { visit = {}, others }: ChangeForm,
  form: FormState,
): { decisions: Record<string, Decision>; form: FormState } {
  const decisions: Record<string, Decision> = {};
  let state = form;
  for (const [index, each] of inside.entries()) {
    const { id } = each.view;
    const choice = visit[id] ?? (index >= visitsListed && others ? choiceFor(others, each) : undefined);
    if (choice === undefined) state = withError(state, `visit.${id}`, 'changes.undecided');
    else decisions[id] = decisionOf(choice);
  }
  // Who is decided about and no longer inside has changed meanwhile: the verb says so.
  for (const [id, choice] of Object.entries(visit)) decisions[id] ??= decisionOf(choice);
  return { decisions, form: state };
}
