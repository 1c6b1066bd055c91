/** Everything that can be said against a file or a line. Words: `import.mistakes.<code>` and `import.to-do.<code>`. */
export const mistakeCodes = [
  'file-empty',
  'file-no-rows',
  'file-spreadsheet',
  'file-html',
  'file-binary',
  'file-encoding',
  'file-unknown',
  'file-json',
  'file-not-bundle',
  'file-bundle-type',
  'file-too-many-rows',
  'line-too-long',
  'line-quotes',
  'line-cells',
  'column-unknown',
  'column-twice',
  'required',
  'too-long',
  'text',
  'key',
  'key-twice',
  'number',
  'money',
  'choice',
  'date',
  'order',
  'wall-time',
  'moment',
  'time-skipped',
  'time-ambiguous',
  'offset-of-other-zone',
  'in-the-past',
  'too-far',
  'phone',
  'email',
  'name',
  'person-code',
  'person-code-of-other',
  'birth-date',
  'birth-date-of-code',
  'code-or-birth-date',
  'contact-needed',
  'unknown-reference',
  'ambiguous-reference',
  'unknown-specialty',
  'zone',
  'emergency-needed',
  'branch-of-published',
  'payer-needed',
  'price-needed',
  'other-payer',
  'calendar-exists',
  'not-offered',
  'by-session',
  'no-room',
  'hours-overlap',
  'time-taken',
  'time-twice',
  'patient-busy',
  'patient-twice',
  'status',
] as const;

/** What is told but stops nothing. */
export const noteCodes = [
  'encoding-1257',
  'length-assumed',
  'keeps-its-value',
  'works-elsewhere',
  'hours-kept',
  'appointment-kept',
] as const;

export type MistakeCode = (typeof mistakeCodes)[number] | (typeof noteCodes)[number];

const notes: ReadonlySet<string> = new Set(noteCodes);
export const isNote = (code: MistakeCode): boolean => notes.has(code);

/** Where something stands: the file by its place among the sent ones, the line or entry, the column or path. */
export interface Place {
  readonly file: number;
  readonly line: number;
  readonly place: string;
}

/** What is wrong at one place. The arguments are numbers, columns and choices, never a value of the file. */
export interface Mistake extends Place {
  readonly code: MistakeCode;
  readonly args?: Readonly<Record<string, string | number>>;
}

/** One record of a file, as texts by column, whatever the format was. */
export interface Row {
  readonly file: number;
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** Of a Bundle: where a column's text was found. */
  readonly paths?: Readonly<Record<string, string>>;
}

export const placeOf = (row: Row, column: string): Place => ({
  file: row.file,
  line: row.line,
  place: row.paths?.[column] ?? column,
});
