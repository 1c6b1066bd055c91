import {
  AddFile,
  BeginImport,
  BringIn,
  CheckImport,
  ImportsOfClinic,
  type ImportView,
  type MistakeLine,
  WorkImport,
} from '#libs/imports';
import type { Actor } from '#libs/access';
import type { Verbs } from './verbs.js';

/** A file as somebody sends it: its name, and what is in it. */
export type SentFiles = Readonly<Record<string, string | Buffer>>;

export const lines = (...rows: string[]): string => rows.map((row) => `${row}\n`).join('');

/** Six small tables of a clinic that has everything: one branch, two practitioners, one of them state-paid and paid. */
export const clinicTables: Readonly<Record<string, string>> = {
  'branches.csv': lines(
    'key,name,city,address,postal_code,phone,email,emergency_name,emergency_address,emergency_phone',
    'centrs,Centra filiāle,Rīga,"Brīvības iela 1, 2. stāvs",LV-1010,67000000,centrs@klinika.example,Slimnīca,Hipokrāta iela 2,113',
  ),
  'practitioners.csv': lines(
    'key,given_name,family_name,title_lv,specialties,languages,active_from',
    'ozola,Līga,Ozola,Kardioloģe,cardiology,lv|ru,2026-01-01',
    'kalns,Jānis,Kalns,,cardiology,lv,2026-01-01',
  ),
  'services.csv': lines(
    'key,name_lv,name_en,specialty,minutes,buffer_after',
    'kons,Konsultācija,Consultation,cardiology,30,5',
  ),
  'calendars.csv': lines(
    'key,practitioner,branch,payer,confirmation,grid_minutes,horizon_days',
    'ozola-v,ozola,centrs,state,automatic,5,120',
    'ozola-m,ozola,centrs,paid,automatic,5,120',
    'kalns-m,kalns,centrs,paid,automatic,5,120',
  ),
  'offers.csv': lines('calendar,service,price', 'ozola-v,kons,4.00', 'ozola-m,kons,"45,00"', 'kalns-m,kons,50'),
  'hours.csv': lines(
    'calendar,weekday,starts,ends',
    ...['ozola-v', 'kalns-m'].flatMap((calendar) => [1, 2, 3, 4, 5].map((day) => `${calendar},${day},09:00,17:00`)),
    ...[1, 2, 3, 4, 5].map((day) => `ozola-m,${day},17:00,20:00`),
  ),
};

export const appointmentHeader =
  'key,practitioner,branch,payer,service,start,minutes,given_name,family_name,country,person_code,birth_date,email,phone,language';

/** A row of appointments; only what matters is said. */
export function appointmentRow(cells: Partial<Record<string, string>> = {}): string {
  const row: Record<string, string | undefined> = {
    key: '1',
    practitioner: 'ozola',
    branch: 'centrs',
    payer: 'state',
    service: 'kons',
    start: '2026-03-16 09:00',
    minutes: '',
    given_name: 'Anna',
    family_name: 'Bērziņa',
    birth_date: '1980-05-17',
    email: 'anna@epasts.example',
    ...cells,
  };
  return appointmentHeader
    .split(',')
    .map((column) => row[column] ?? '')
    .join(',');
}

export const appointments = (...rows: Partial<Record<string, string>>[]): string =>
  lines(appointmentHeader, ...rows.map((row, index) => appointmentRow({ key: String(index + 1), ...row })));

async function* inPieces(content: string | Buffer): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content);
  // Pieces that part letters and lines in the middle.
  for (let from = 0; from < bytes.length; from += 50_001)
    yield await Promise.resolve(bytes.subarray(from, from + 50_001));
}

/** Imports as one member of staff does them, with the worker beside. */
export function importer(verbs: Verbs, actor: Actor, clinicId: string) {
  const view = (id: string): Promise<ImportView> => verbs.get(ImportsOfClinic).one(actor, id);
  const check = async (files: SentFiles): Promise<ImportView> => {
    const { id } = await verbs.get(BeginImport).run({ actor, clinicId });
    for (const [name, content] of Object.entries(files))
      await verbs.get(AddFile).run({ actor, importId: id, name, stream: inPieces(content) });
    await verbs.get(CheckImport).run({ actor, importId: id });
    await verbs.get(WorkImport).run({ importId: id });
    return view(id);
  };
  const bringIn = async (id: string): Promise<ImportView> => {
    await verbs.get(BringIn).run({ actor, importId: id });
    await verbs.get(WorkImport).run({ importId: id });
    return view(id);
  };
  const found = (id: string): Promise<MistakeLine[]> =>
    verbs.get(ImportsOfClinic).mistakes(actor, id, { from: 0, most: 1000 });
  return {
    check,
    bringIn,
    found,
    /** Everything in one step; fails when there is a mistake. */
    async all(files: SentFiles): Promise<ImportView> {
      const { id, mistakes } = await check(files);
      if (mistakes > 0) throw new Error(JSON.stringify(await found(id)));
      return bringIn(id);
    },
    /** What stands against files, as `file:line column code`. */
    async against(files: SentFiles): Promise<string[]> {
      const { id } = await check(files);
      return (await found(id)).map(({ file, line, place, code }) => `${file}:${line} ${place} ${code}`);
    },
  };
}
