import type { Database } from '#libs/platform';
import { type AppointmentView, viewColumns, viewOf, type ViewRow, viewTables } from './appointment-view.js';

/**
 * The views of these appointments, by id. A list asks first which they are, then for their views: in one statement a
 * view's many joins are planned before the list is known, over every appointment there is.
 */
export async function viewsOf(database: Database, ids: readonly string[]): Promise<Map<string, AppointmentView>> {
  if (ids.length === 0) return new Map();
  const rows = await database.read<ViewRow>(`select ${viewColumns} from ${viewTables} where a.id = any($1::uuid[])`, [
    ids,
  ]);
  return new Map(rows.map((row) => [row.id, viewOf(row)]));
}
