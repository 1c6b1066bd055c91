import type { AuditLine } from '#libs/appointments';
import { formatDateTime, hasMessage, inFours, type Language, translate } from '#libs/platform';
import { pathTo } from '#libs/web';
import { staffZone } from './staff.view.js';

const wordOr = (language: Language, group: string, word: string): string => {
  const key = `staff.${group}.${word}`;
  return translate(language, hasMessage(language, key) ? key : `staff.${group}.other`);
};

const whatOf = (line: AuditLine, language: Language): string => {
  if (line.source === 'look') return wordOr(language, 'audit.looks', line.what);
  if (line.source === 'step') return wordOr(language, 'audit.steps', line.what);
  return translate(language, `staff.events.${line.what}`);
};

const purposeOf = (purpose: string | null, language: Language): string => {
  const key = `staff.audit.purposes.${purpose}`;
  return purpose === null ? '' : hasMessage(language, key) ? translate(language, key) : purpose;
};

interface AuditGroup {
  line: AuditLine;
  about: AuditLine[];
}

/** A list that was looked at once is one line with all whom it named. */
function grouped(lines: readonly AuditLine[]): AuditGroup[] {
  const groups: AuditGroup[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    const isSame =
      last !== undefined &&
      last.line.source === 'look' &&
      line.source === 'look' &&
      last.line.what === line.what &&
      last.line.staffMemberId === line.staffMemberId &&
      last.line.refused === line.refused &&
      last.line.at.equals(line.at);
    if (isSame) last.about.push(line);
    else groups.push({ line, about: [line] });
  }
  return groups;
}

/** The lines of the audit in words, a list that was looked at folded into one. */
export const auditModel = (lines: readonly AuditLine[], language: Language): object[] =>
  grouped(lines).map(({ line, about }) => ({
    at: formatDateTime(language, line.at, staffZone, 'medium'),
    by: line.by,
    role: line.role ? translate(language, `clinic.roles.${line.role}`) : '',
    what: whatOf(line, language),
    why: purposeOf(line.purpose, language),
    isRefused: line.refused,
    person: line.about ?? '',
    whom: about
      .filter(({ patientId }) => patientId !== null)
      .map(({ patientId, appointment }) => ({
        label: appointment
          ? translate(language, 'staff.audit.appointment', {
              reference: inFours(appointment.reference),
            })
          : translate(language, 'staff.audit.patient-record'),
        href: appointment ? pathTo(language, '/appointments/', appointment.id) : '',
        samePath: pathTo(language, `/audit?patient=${patientId}`),
      })),
  }));
