import type { ClinicCalendar } from '#libs/calendars';
import { environment, type Language, translate } from '#libs/platform';
import type { ClinicScreen } from '#libs/screens';
import { pathTo } from '#libs/web';

/** A screen as the list shows it. */
export function screenLine(screen: ClinicScreen, names: ReadonlyMap<string, string>, language: Language): object {
  const { id, name, branch, resourceIds, languages, isRevoked } = screen;
  return {
    href: pathTo(language, '/screens/', id),
    name,
    branch: branch.name,
    whose: resourceIds
      ? resourceIds.map((each) => names.get(each) ?? '').join(', ')
      : translate(language, 'paper.screens.everybody'),
    languages: languages.map((each) => translate(language, `clinic.languages.${each}`)).join(', '),
    isRevoked,
    address: addressOf(screen),
  };
}

/** The whole address of a screen, for the browser in the waiting room; empty when it cannot be shown. */
export const addressOf = ({ key }: ClinicScreen): string =>
  key === null ? '' : `${environment().clinicUrl ?? ''}/screen/${key}`;

/** Names of those who receive at the clinic, by resource. */
export const namesOf = (calendars: readonly ClinicCalendar[]): Map<string, string> =>
  new Map(calendars.map(({ resourceId, name }) => [resourceId, name]));

/** Whose patients a screen may show: a box for each who receives at a branch, with the branch where there are several. */
export function boxesOf(
  calendars: readonly ClinicCalendar[],
  ticked: ReadonlySet<string>,
  hasSeveral: boolean,
): object[] {
  const places = new Map<string, { name: string; branches: Set<string> }>();
  for (const { resourceId, name, branch } of calendars) {
    const place = places.get(resourceId) ?? { name, branches: new Set<string>() };
    place.branches.add(branch.name);
    places.set(resourceId, place);
  }
  return [...places].map(([value, { name, branches }]) => ({
    value,
    text: hasSeveral ? `${name} (${[...branches].join(', ')})` : name,
    isTicked: ticked.has(value),
  }));
}
