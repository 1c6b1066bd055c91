import { type ImportView, kinds, type MistakeLine } from '#libs/imports';
import { formatDateTime, type Language, translate } from '#libs/platform';
import { pathTo } from '#libs/web';

/** Mistakes on one page. */
export const pageSize = 50;

/** As many as are kept; the others are only counted. */
const mostShown = 1000;

const zone = 'Europe/Riga';

const badgeOf = { checking: '', checked: 'warning', 'bringing-in': '', done: 'success', failed: 'danger' } as const;

const stateOf = (view: ImportView, language: Language) => ({
  state: translate(language, `import.states.${view.state}`),
  badge: badgeOf[view.state as keyof typeof badgeOf],
});

export function earlierLine(view: ImportView, language: Language): object {
  return {
    href: pathTo(language, `/import/${view.id}`),
    when: formatDateTime(language, view.createdAt, zone, 'long'),
    files: view.files.map(({ name }) => name).join(', '),
    by: translate(language, 'import.by', { name: view.by }),
    ...stateOf(view, language),
  };
}

/** An import with what would become, or became, of its rows. */
export function importModel(view: ImportView, language: Language) {
  const rows = kinds.flatMap((kind) => {
    const counts = view.counts[kind];
    return counts ? [{ kind: translate(language, `import.kinds.${kind}`), ...counts }] : [];
  });
  const changes = rows.reduce((sum, { added, changed }) => sum + added + changed, 0);
  const isWorking = view.state === 'checking' || view.state === 'bringing-in';
  return {
    title: translate(language, 'import.of', { date: formatDateTime(language, view.createdAt, zone, 'long') }),
    back: pathTo(language, '/import'),
    path: pathTo(language, `/import/${view.id}`),
    files: view.files.map(({ name, bytes }) => ({ name, size: sizeOf(bytes, language) })),
    by: translate(language, 'import.by', { name: view.by }),
    ...stateOf(view, language),
    rows,
    showsOutcomes: rows.length > 0 && !isWorking && (view.state === 'done' || view.mistakes === 0),
    hasOutside: (view.counts.appointment?.outside ?? 0) > 0,
    outside: view.counts.appointment?.outside ?? 0,
    isWorking,
    working: isWorking && {
      title: translate(language, `import.${view.state}.title`),
      text: translate(language, `import.${view.state}.text`, {
        n: view.rowsDone,
        done: view.rowsDone,
        all: view.rowsTotal,
      }),
      share: view.rowsTotal > 0 ? Math.round((100 * view.rowsDone) / view.rowsTotal) : undefined,
    },
    isDone: view.state === 'done',
    isFailed: view.state === 'failed',
    isReady: view.state === 'checked' && view.mistakes === 0 && changes > 0,
    hasNothing: view.state === 'checked' && view.mistakes === 0 && changes === 0,
    wrong: view.state === 'checked' ? view.mistakes : 0,
  };
}

const sizeOf = (bytes: number, language: Language): string =>
  bytes < 1024 * 1024
    ? new Intl.NumberFormat(language, { style: 'unit', unit: 'kilobyte' }).format(Math.ceil(bytes / 1024))
    : new Intl.NumberFormat(language, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 }).format(
        bytes / 1024 / 1024,
      );

/** One page of what stands against the files, mistakes before notes. */
export function mistakesModel(
  view: ImportView,
  lines: readonly MistakeLine[],
  page: number,
  language: Language,
): object {
  if (view.state !== 'checked' && view.state !== 'done') return {};
  const line = ({ file, line: number, place, code, args }: MistakeLine): object => ({
    file,
    line: number,
    place,
    text: translate(language, `import.mistakes.${code}`, args),
  });
  const all = Math.min(view.mistakes, mostShown) + Math.min(view.notes, mostShown);
  const from = (page - 1) * pageSize;
  const hrefOf = (number: number): string => pathTo(language, `/import/${view.id}?page=${number}`);
  return {
    mistakeLines: lines.filter(({ isNote }) => !isNote).map(line),
    noteLines: lines.filter(({ isNote }) => isNote).map(line),
    more: view.mistakes > mostShown ? translate(language, 'import.list.more', { shown: mostShown }) : '',
    summary: translate(language, 'import.list.page', { from: from + 1, to: Math.min(from + pageSize, all), all }),
    previousHref: page > 1 ? hrefOf(page - 1) : undefined,
    nextHref: from + pageSize < all ? hrefOf(page + 1) : undefined,
  };
}
