import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { CarryOutChange, type Change, PlanChange, requestOf } from '#libs/appointments';
import { pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';

/** Makes a change of calendars at once where nobody is inside, and asks about the people where somebody is. */
@Injectable()
export class MakeChange {
  constructor(
    private readonly plan: PlanChange,
    private readonly carryOut: CarryOutChange,
  ) {}

  /**
   * @returns the page that asks, or that shows how far a long change has come; undefined: all is done
   * @throws Refusal what planning the change refuses
   */
  async run(actor: StaffActor, request: WebRequest, change: Change): Promise<SeeOther | undefined> {
    const { id, peopleInside } = await this.plan.run({ actor, clinicId: actor.clinicId, change });
    const page = seeOther(pathTo(request.language, '/changes/', id));
    if (peopleInside > 0) return page;
    const once = requestOf(actor, `POST ${change.kind}`, id, id);
    const { state } = await this.carryOut.run({ actor, id, decisions: {}, request: once });
    return state === 'done' ? undefined : page;
  }
}
