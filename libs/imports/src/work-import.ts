import { Inject, Injectable } from '@nestjs/common';
import { mayDo, type StaffRole } from '#libs/access';
import { CLOCK, type Clock, Database, describeError, log, type Tx, Turns } from '#libs/platform';
import { localDate } from '#libs/time';
import type { ImportState } from './import-run.entity.js';
import { type Known, whatIsKnown } from './known.js';
import { keepMemorySmall } from './keep-memory-small.js';
import { Findings } from './mistakes.js';
import { makePlan } from './plan/make-plan.js';
import type { Plan } from './plan/plan.js';
import { resourcesOfPlan, writeCalendars, writePeople } from './plan/write-plan.js';
import { mostAppointments, readFiles } from './read-files.js';
import { RowReader } from './row-reader.js';
import { appointmentPaths } from './rules/fhir-paths.js';
import { isNote } from './rules/mistake.js';
import { deleteFiles } from './stored-files.js';
import { compareVisits, recogniseVisits } from './visits/compare-visits.js';
import { beginStaging, endStaging, stage } from './visits/staged-visits.js';
import { visitOfRow, type VisitRow } from './visits/visit-row.js';
import {
  type BroughtInBy,
  lockKnownPatients,
  lockTouched,
  refreshFreeDays,
  writeVisits,
} from './visits/write-visits.js';

/** After so many attempts that ended with the worker or with a fault, staff are told. */
const mostAttempts = 5;

/** Rows on their way into the database, and after how many memory is looked after and progress told. */
const batch = 500;
const breath = 2500;

interface Run {
  id: string;
  clinicId: string;
  state: ImportState;
  attempts: number;
  staffId: string;
  staffName: string;
  role: StaffRole;
  /** They work at the clinic today. */
  isStaff: boolean;
}

/** What was found against the files when they were about to be written: nothing is. */
class NotBroughtIn extends Error {
  constructor(readonly findings: Findings) {
    super('not brought in');
  }
}

/**
 * Does what an import waits for, in the worker: checks it, which changes nothing, or brings it in, all or nothing. It is
 * safe to repeat: what a killed worker did not finish was rolled back, and what was finished is not done again, because
 * the import's own state changes in the same transaction.
 */
@Injectable()
export class WorkImport {
  constructor(
    private readonly database: Database,
    private readonly turns: Turns,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Error when somebody else is at it, or it failed: the job comes again */
  async run({ importId }: { importId: string }): Promise<void> {
    const turn = await this.turns.take(`import:${importId}`, 0, () => this.work(importId));
    if (!turn.isTaken) throw new Error('the import is being worked on');
  }

  private async work(id: string): Promise<void> {
    const [run] = await this.database.read<Run>(
      `update import_run r set attempts = r.attempts + 1, rows_done = 0
         from staff_member s
        where r.id = $1 and s.id = r.staff_member_id and r.state in ('checking', 'bringing-in')
       returning r.id, r.clinic_id as "clinicId", r.state, r.attempts, s.id as "staffId", s.display_name as "staffName", s.role,
                 s.active_from <= $2::date and (s.active_to is null or s.active_to >= $2::date) as "isStaff"`,
      [id, localDate(this.clock.now(), 'Europe/Riga').toString()],
    );
    if (!run) return;
    try {
      // Who asked for it may have left, or have another role, since (faults.md F13).
      const mayStill = run.isStaff && mayDo({ role: run.role, practitionerIds: [], branchIds: null }, 'profile.edit');
      if (run.attempts > mostAttempts || !mayStill) await this.fail(id);
      else if (run.state === 'checking') await this.check(run);
      else await this.bringIn(run);
    } catch (thrown) {
      log.warn({ event: 'import.failed', attempt: run.attempts, ...describeError(thrown) });
      if (run.attempts >= mostAttempts) return this.fail(id);
      throw thrown;
    }
  }

  private async check(run: Run): Promise<void> {
    const findings = await this.database.transaction(async (tx) => {
      const { known, findings: found, columnOf } = await this.read(tx, run);
      await recogniseVisits(tx, known);
      await compareVisits(tx, known, found, columnOf);
      return found;
    });
    await this.database.transaction((tx) => this.keepFindings(tx, run, findings));
  }

  private async bringIn(run: Run): Promise<void> {
    try {
      await this.database.transaction((tx) => this.write(tx, run));
    } catch (thrown) {
      if (!(thrown instanceof NotBroughtIn)) throw thrown;
      await this.database.transaction((tx) => this.keepFindings(tx, run, thrown.findings));
    }
  }

  private async write(tx: Tx, run: Run): Promise<void> {
    const { known, plan, findings, columnOf } = await this.read(tx, run);
    if (findings.mistakes > 0) throw new NotBroughtIn(findings);
    const by: BroughtInBy = { id: run.staffId, name: run.staffName };
    await lockTouched(tx, known, resourcesOfPlan(plan, known));
    await writePeople(tx, plan, known);
    await recogniseVisits(tx, known);
    await lockKnownPatients(tx);
    await compareVisits(tx, known, findings, columnOf);
    if (findings.mistakes > 0) throw new NotBroughtIn(findings);
    await writeCalendars(tx, plan, known);
    await writeVisits(tx, known, by, findings, (rows) => this.progress(run.id, rows));
    if (findings.mistakes > 0) throw new NotBroughtIn(findings);
    await refreshFreeDays(tx, known, resourcesOfPlan(plan, known));
    await tx.query(
      `update import_run set state = 'done', counts = $2, rows_done = rows_total, finished_at = $3 where id = $1`,
      [run.id, JSON.stringify(findings.counts), this.clock.now().toString()],
    );
    await deleteFiles(tx, run.id);
  }

  /** Reads everything: the few rows into a plan, the appointments into the staging table. */
  private async read(
    tx: Tx,
    run: Run,
  ): Promise<{ known: Known; plan: Plan; findings: Findings; columnOf: (file: number, column: string) => string }> {
    // Index and comparison of 50,000 rows take seconds; the role's own limit on a statement stands.
    await tx.query(`set local statement_timeout = '60s'`);
    await tx.query(`set local lock_timeout = '10s'`);
    // While a large file is read, the transaction waits for this process; on a busy machine longer than the role may.
    await tx.query(`set local idle_in_transaction_session_timeout = '5min'`);
    const { reader } = this.database;
    const findings = new Findings();
    const known = await whatIsKnown(tx, run.clinicId, this.clock.now());
    const files = await reader.query<{ id: string; position: number }>(
      `select id, position from import_file where import_id = $1 order by position`,
      [run.id],
    );
    const read = await readFiles(reader, files, known, findings);
    const plan = makePlan(read.small, known, findings);
    for (const rows of read.small.values()) findings.rows += rows.length;
    await beginStaging(tx);
    let waiting: VisitRow[] = [];
    let staged = 0;
    const flush = async (): Promise<void> => {
      // A check keeps nothing, so codes need not be sealed.
      if (waiting.length > 0) await stage(tx, waiting, staged + 1, run.state === 'bringing-in');
      staged += waiting.length;
      waiting = [];
    };
    let appointments = 0;
    for await (const row of read.appointments()) {
      if (++appointments > mostAppointments) {
        findings.at(row, 'key', 'file-too-many-rows', { most: mostAppointments });
        break;
      }
      const visit = visitOfRow(new RowReader(row, findings), known);
      if (visit) waiting.push(visit);
      if (waiting.length >= batch) await flush();
      if (appointments % breath !== 0) continue;
      keepMemorySmall();
      if (run.state === 'checking') await this.progress(run.id, findings.rows + appointments);
    }
    await flush();
    await endStaging(tx);
    findings.rows += appointments;
    const columnOf = (file: number, column: string): string =>
      read.isBundle(file) ? (appointmentPaths[column] ?? column) : column;
    return { known, plan, findings, columnOf };
  }

  private async keepFindings(tx: Tx, run: Run, findings: Findings): Promise<void> {
    const { kept } = findings;
    await tx.query(
      `update import_run set state = 'checked', attempts = 0, counts = $2, mistakes = $3, notes = $4, rows_total = $5, rows_done = $5
        where id = $1`,
      [run.id, JSON.stringify(findings.counts), findings.mistakes, findings.notes, findings.rows],
    );
    await tx.query(`delete from import_mistake where import_id = $1`, [run.id]);
    await tx.query(
      `insert into import_mistake (import_id, clinic_id, position, file_position, line, place, code, args, is_note)
       select $1, $2, (row_number() over (order by m.note, m.file, m.line, m.nth))::integer, m.file, m.line, m.place, m.code, m.args, m.note
         from unnest($3::smallint[], $4::integer[], $5::text[], $6::text[], $7::jsonb[], $8::boolean[])
              with ordinality as m(file, line, place, code, args, note, nth)`,
      [
        run.id,
        run.clinicId,
        kept.map((each) => each.file),
        kept.map((each) => each.line),
        kept.map((each) => each.place.slice(0, 200)),
        kept.map((each) => each.code),
        kept.map((each) => JSON.stringify(each.args ?? {})),
        kept.map((each) => isNote(each.code)),
      ],
    );
  }

  private async progress(id: string, rows: number): Promise<void> {
    await this.database.read(`update import_run set rows_done = $2 where id = $1`, [id, rows]);
  }

  private async fail(id: string): Promise<void> {
    await this.database.read(`update import_run set state = 'failed', finished_at = $2 where id = $1`, [
      id,
      this.clock.now().toString(),
    ]);
  }
}
