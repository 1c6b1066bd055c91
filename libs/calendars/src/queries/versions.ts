import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';

/**
 * The version of what a calendar `c` with its resource `r` offers: it rises with every change of the resource, and of each
 * room and device that its services may need.
 */
export const versionText = `(r.version + case when exists (select from service_need n where n.clinic_id = c.clinic_id) then (
  select coalesce(sum(x.version), 0) from resource x
   where x.branch_id = c.branch_id and x.capability in (
     select n.capability from service_need n join calendar_service cs on cs.service_id = n.service_id
      where n.clinic_id = c.clinic_id and cs.calendar_id = c.id)) else 0 end)::text`;

interface Waiting {
  ids: Set<string>;
  answer: Promise<Map<string, string>>;
}

/**
 * Reads the versions of resources by which kept answers are checked. Questions that arrive while no statement has left
 * share the next one; the statement is sent after each of its questions was asked, so none gets an older answer.
 */
@Injectable()
export class VersionReader {
  private waiting: Waiting | undefined;

  constructor(private readonly database: Database) {}

  /** The version of the calendar's resource, or undefined when there is no such calendar. */
  async ofCalendar(calendarId: string): Promise<string | undefined> {
    if (!this.waiting) {
      const ids = new Set<string>();
      const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        this.waiting = undefined;
        return this.read([...ids]);
      });
      this.waiting = { ids, answer };
    }
    const { ids, answer } = this.waiting;
    ids.add(calendarId);
    return (await answer).get(calendarId);
  }

  private async read(ids: string[]): Promise<Map<string, string>> {
    const rows = await this.database.read<{ id: string; version: string }>(
      `select c.id, ${versionText} as version from calendar c join resource r on r.id = c.resource_id where c.id = any($1)`,
      [ids],
    );
    return new Map(rows.map(({ id, version }) => [id, version]));
  }
}
