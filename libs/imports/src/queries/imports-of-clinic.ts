import { Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { Database, Refusal } from '#libs/platform';
import type { Counts, ImportState } from '../import-run.entity.js';
import type { MistakeCode } from '../rules/mistake.js';

/** An import as its page shows it. */
export interface ImportView {
  id: string;
  state: ImportState;
  files: { name: string; bytes: number; isBundle: boolean }[];
  counts: Counts;
  mistakes: number;
  notes: number;
  rowsDone: number;
  rowsTotal: number;
  by: string;
  createdAt: Temporal.Instant;
  finishedAt: Temporal.Instant | null;
}

/** One mistake or note as it is listed. */
export interface MistakeLine {
  file: string;
  line: number;
  place: string;
  code: MistakeCode;
  args: Record<string, string | number>;
  isNote: boolean;
}

type Row = Omit<ImportView, 'createdAt' | 'finishedAt'> & {
  created_at: Date;
  finished_at: Date | null;
  clinicId: string;
};

const view = `
  select r.id, r.clinic_id as "clinicId", r.state, r.counts, r.mistakes, r.notes, r.rows_done as "rowsDone",
         r.rows_total as "rowsTotal", s.display_name as by, r.created_at, r.finished_at,
         (select coalesce(json_agg(json_build_object('name', f.name, 'bytes', f.bytes, 'isBundle', f.name ~* '\\.json$')
                                   order by f.position), '[]')
            from import_file f where f.import_id = r.id) as files
    from import_run r join staff_member s on s.id = r.staff_member_id`;

const viewOf = ({ created_at: created, finished_at: finished, clinicId: _, ...row }: Row): ImportView => ({
  ...row,
  createdAt: created.toTemporalInstant(),
  finishedAt: finished === null ? null : finished.toTemporalInstant(),
});

/** The imports of a clinic, and what was found against them. */
@Injectable()
export class ImportsOfClinic {
  constructor(private readonly database: Database) {}

  /** The newest twenty. @throws Refusal `not-found`, `not-allowed` */
  async list(actor: Actor, clinicId: string): Promise<ImportView[]> {
    requireStaff(actor, clinicId, 'profile.edit');
    const rows = await this.database.read<Row>(
      `${view} where r.clinic_id = $1 and r.state not in ('receiving', 'discarded') order by r.created_at desc, r.id desc limit 20`,
      [clinicId],
    );
    return rows.map(viewOf);
  }

  /** @throws Refusal `not-found`, `not-allowed` */
  async one(actor: Actor, id: string): Promise<ImportView> {
    const [row] = await this.database.read<Row>(`${view} where r.id = $1`, [id]);
    if (!row) throw new Refusal('not-found');
    requireStaff(actor, row.clinicId, 'profile.edit');
    return viewOf(row);
  }

  /** Mistakes first, then notes, each in the order of the files. @throws Refusal `not-found`, `not-allowed` */
  async mistakes(actor: Actor, id: string, { from, most }: { from: number; most: number }): Promise<MistakeLine[]> {
    await this.one(actor, id);
    return this.database.read<MistakeLine>(
      `select coalesce(f.name, '') as file, m.line, m.place, m.code, m.args, m.is_note as "isNote"
         from import_mistake m left join import_file f on f.import_id = m.import_id and f.position = m.file_position
        where m.import_id = $1 and m.position > $2 order by m.position limit $3`,
      [id, from, most],
    );
  }
}
