import { Injectable } from '@nestjs/common';
import { maySomewhere, type StaffActor } from '#libs/access';
import { AnswersOfClinic, BulksOfClinic, RequestsInTime, TextsOfClinic, UnreachedPatients } from '#libs/notifications';
import type { NoticesWaits } from './notices-tabs.js';

/** What waits for somebody on the pages about notices: the navigation tells the sum, the tabs tell where. */
@Injectable()
export class NoticesWaiting {
  constructor(
    private readonly unreached: UnreachedPatients,
    private readonly requests: RequestsInTime,
    private readonly bulks: BulksOfClinic,
    private readonly answers: AnswersOfClinic,
    private readonly texts: TextsOfClinic,
  ) {}

  async of(staff: StaffActor): Promise<NoticesWaits> {
    const { clinicId } = staff;
    const ask = (count: () => Promise<number>): Promise<number> =>
      maySomewhere(staff, 'notices.read') ? count() : Promise.resolve(0);
    const [unreached, inTime, approval, answers, texts] = await Promise.all([
      ask(() => this.unreached.count(staff, clinicId, 'clinic')),
      ask(() => this.requests.count(staff, clinicId)),
      this.bulks.count(staff, clinicId),
      ask(() => this.answers.waiting(staff)),
      ask(() => this.texts.waiting(staff)),
    ]);
    return { unreached, 'in-time': inTime, approval, answers, texts };
  }
}
