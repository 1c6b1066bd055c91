import { environment, formatDateTime, type Language, translate, zoneOfReader } from '#libs/platform';
import type { OwnFeed } from './feed-of-owner.js';

/** A feed as its owner reads of it. */
export interface FeedInWords {
  address: string;
  /** The same, for whoever presses it: it opens the calendar program of the device. */
  webcal: string;
  /** When a program last read it. */
  read: string;
}

export function feedInWords({ secret, lastReadAt }: OwnFeed, language: Language): FeedInWords {
  const address = new URL(`/feeds/${secret}.ics`, environment().bookingUrl).toString();
  return {
    address,
    webcal: address.replace(/^https?:/, 'webcal:'),
    read: lastReadAt
      ? translate(language, 'inbox.feed.read', {
          at: formatDateTime(language, lastReadAt, zoneOfReader(language), 'medium'),
        })
      : translate(language, 'inbox.feed.never'),
  };
}
