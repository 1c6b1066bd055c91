import { firstLineOf, type NoticeToRead, type PortalNotice } from '#libs/notifications';
import { formatDateTime, formatTime, type Language, translate, wordsIn, zoneOfReader } from '#libs/platform';
import { pathTo } from '#libs/web';
import { momentIn } from '../zone-words.js';

/** One message in the list. */
export interface MessageLine {
  href: string;
  title: string;
  isUnread: boolean;
  at: string;
  when: string;
  what: string;
  where: string;
  patient: string;
}

export function messageLine(notice: PortalNotice, language: Language): MessageLine {
  const { id, visit, clinic, readAt, at } = notice;
  return {
    href: pathTo(language, '/messages/', id),
    title: firstLineOf(notice, language),
    isUnread: readAt === null,
    at: formatDateTime(language, at, visit?.zone ?? zoneOfReader(language), 'medium'),
    when: visit ? momentIn(language, visit.start, visit.zone) : '',
    what: visit ? [wordsIn(language, visit.service), visit.practitioner].filter(Boolean).join(' · ') : '',
    where: clinic ?? '',
    patient: visit?.patient ?? '',
  };
}

/** A message as it is read: the letter's words, what letters leave out, and how else it was told. */
export interface MessageModel {
  path: string;
  title: string;
  isUnread: boolean;
  sent: string;
  opening: string[];
  facts: { label: string; value: string; href?: string; isFormer?: boolean }[];
  next: string[];
  sections: { title: string; lines: string[] }[];
  signature: string[];
  button: { label: string; href: string };
  /** The quieter of two. */
  other: { label: string; href: string } | undefined;
  appointmentHref: string;
  channels: string[];
}

/** An address of ours without its site: the reader is there already. */
const pathIn = (href: string): string => {
  const { pathname, search, hash } = new URL(href);
  return pathname + search + hash;
};

/** What a letter leaves to the portal; here it is. */
const elsewhere = ['see-preparation', 'see-practitioner', 'see-everything', 'see-all'] as const;

export function messageModel({ notice, letter, views }: NoticeToRead, language: Language): MessageModel {
  const left = new Set(elsewhere.map((key) => translate(language, `mail.next.${key}`)));
  const [view] = views;
  const zone = view?.timeZone ?? zoneOfReader(language);
  const stamp = (at: Temporal.Instant): string => formatDateTime(language, at, zone, 'medium');
  const button = { label: letter.button.label, href: pathIn(letter.button.href) };
  const appointmentHref = view ? pathTo(language, '/appointments/', view.id) : '';
  return {
    path: pathTo(language, '/messages/', notice.id),
    title: letter.first,
    isUnread: notice.readAt === null,
    sent: translate(language, 'inbox.one.sent', { at: stamp(notice.at) }),
    opening: letter.opening,
    facts: [...letter.facts, ...insideFacts(views, language)],
    next: letter.next.filter((line) => !left.has(line)),
    sections: letter.sections,
    signature: letter.signature,
    button,
    other: 'other' in letter ? { label: letter.other.label, href: pathIn(letter.other.href) } : undefined,
    appointmentHref: appointmentHref === button.href ? '' : appointmentHref,
    channels: notice.channels.map(({ channel, state, at }) =>
      [
        translate(language, `inbox.channels.${channel}`),
        translate(language, `inbox.states.${state}`, { at: stamp(at) }),
      ].join(': '),
    ),
  };
}

/** What only somebody who is signed in is told: letters may not say it (S-2.40). */
function insideFacts(views: NoticeToRead['views'], language: Language): MessageModel['facts'] {
  const say = (key: string): string => translate(language, key);
  const nameOf = ({ patient }: NoticeToRead['views'][number]): string => `${patient.givenName} ${patient.familyName}`;
  const preparations = new Set(views.map(({ service }) => wordsIn(language, service.preparation)).filter(Boolean));
  const [view, ...others] = views;
  if (!view) return [];
  return [
    ...(others.length === 0
      ? [
          { label: say('common.visit.what'), value: wordsIn(language, view.service.name) },
          { label: say('booking.visit.patient'), value: nameOf(view) },
          { label: say('common.visit.payer'), value: say(`common.payer.${view.payer}-long`) },
        ]
      : views.map((each) => ({
          label: formatTime(language, each.start, each.timeZone),
          value: [wordsIn(language, each.service.name), nameOf(each)].join(' · '),
        }))),
    ...[...preparations].map((value) => ({ label: say('services.told.preparation'), value })),
  ];
}
