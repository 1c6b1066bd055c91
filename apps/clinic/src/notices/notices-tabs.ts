import { maySomewhere, mayDo, type StaffActor } from '#libs/access';
import { type Language, translate } from '#libs/platform';
import { pathTo } from '#libs/web';

export type NoticesTab = 'unreached' | 'in-time' | 'answers' | 'texts' | 'approval';

/** How many wait on each page; a page on which nothing waits for anybody has no number. */
export type NoticesWaits = Partial<Record<NoticesTab, number>>;

/** A tab of the pages about notices. */
export interface Tab {
  href: string;
  label: string;
  isCurrent: boolean;
  /** How many wait there. */
  count?: number;
}

/** The tabs that somebody may open, each with how many wait there. */
export function noticesTabs(staff: StaffActor, current: NoticesTab, language: Language, waits: NoticesWaits): Tab[] {
  const tabs: { tab: NoticesTab; path: string; isOpen: boolean }[] = [
    { tab: 'unreached', path: '/notices', isOpen: maySomewhere(staff, 'notices.read') },
    { tab: 'in-time', path: '/notices/in-time', isOpen: maySomewhere(staff, 'notices.read') },
    { tab: 'answers', path: '/notices/answers', isOpen: maySomewhere(staff, 'notices.read') },
    { tab: 'texts', path: '/notices/texts', isOpen: maySomewhere(staff, 'notices.read') },
    { tab: 'approval', path: '/notices/approval', isOpen: mayDo(staff, 'notices.approve') },
  ];
  return tabs
    .filter(({ isOpen }) => isOpen)
    .map(({ tab, path }) => ({
      href: pathTo(language, path),
      label: translate(language, `notices.tabs.${tab}`),
      isCurrent: tab === current,
      ...(waits[tab] && { count: waits[tab] }),
    }));
}
