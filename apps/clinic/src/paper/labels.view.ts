import type { VisitOnPaper } from '#libs/appointments';
import { formatPlainDate, inFours, type Language } from '#libs/platform';
import { labelsOnSheet, type LabelSheet } from './label-sheets.js';
import { type QrCode, qrCode } from './qr-code.js';

/** What stands on a label: enough to tell two people apart, and the reference for eyes and scanners. */
export interface Label {
  name: string;
  born: string;
  reference: string;
  qr: QrCode;
}

/** The label of a visit. */
export function labelOf({ patient, reference }: VisitOnPaper, language: Language): Label {
  return {
    name: `${patient.givenName} ${patient.familyName}`,
    born: patient.birthDate ? formatPlainDate(language, patient.birthDate, 'short') : '',
    reference: inFours(reference),
    qr: qrCode(reference),
  };
}

/** The labels of each sheet in their places; null where a place stays empty. */
export function sheetsOf(labels: readonly Label[], sheet: LabelSheet, first: number): (Label | null)[][] {
  const each = labelsOnSheet(sheet);
  const skipped = Math.min(Math.max(first, 1), each) - 1;
  const cells = [...Array.from({ length: skipped }, () => null), ...labels];
  return Array.from({ length: Math.ceil(cells.length / each) }, (_, n) => cells.slice(n * each, (n + 1) * each));
}
