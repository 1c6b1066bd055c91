import { mayDo, type StaffActor } from '#libs/access';
import { type Language, translate } from '#libs/platform';
import { pathTo } from '#libs/web';

/** What stands instead of a calendar that has nothing to show yet. */
export interface NothingYet {
  title: string;
  text: string;
  /** Ways on, for whoever may go them; empty: the words say whom to ask. */
  actions: { href: string; label: string }[];
}

/** @param branch the branch that has no calendars; null: there is no branch that the reader could see */
export function nothingYet(
  staff: StaffActor,
  branch: { id: string; name: string } | null,
  language: Language,
): NothingYet {
  const t = (key: string, args: Record<string, string> = {}): string =>
    translate(language, `grid.nothing-yet.${key}`, args);
  const setUp = mayDo(staff, 'profile.edit') ? [{ href: pathTo(language, '/setup'), label: t('set-up') }] : [];
  const isBound = staff.branchIds !== null;
  if (branch === null) {
    if (isBound) return { title: t('no-branch-of-yours.title'), text: t('no-branch-of-yours.text'), actions: [] };
    return {
      title: t('no-branch.title'),
      text: t(setUp.length > 0 ? 'no-branch.text' : 'no-branch.ask'),
      actions: setUp,
    };
  }
  const title = t('no-calendars.title', { branch: branch.name });
  const open = mayDo(staff, 'hours.edit', { branchId: branch.id })
    ? [{ href: pathTo(language, '/calendars'), label: t('calendars') }]
    : [];
  if (open.length === 0) return { title, text: t(isBound ? 'no-calendars.bound' : 'no-calendars.ask'), actions: [] };
  return { title, text: t(setUp.length > 0 ? 'no-calendars.text' : 'no-calendars.open'), actions: [...setUp, ...open] };
}
