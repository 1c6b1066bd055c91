import type { Page } from 'playwright-core';

export interface Letter {
  id: string;
  subject: string;
  text: string;
  html: string;
}

/** A running portal with the demo in it, wherever it runs. */
export interface Portal {
  bookingUrl: string;
  clinicUrl: string;
  /** What its clock says. */
  now(): Temporal.Instant;
  /** What was sent to an address, oldest first. */
  letters(to: string): Promise<Letter[]>;
}

export type AppName = 'booking' | 'clinic' | 'letter' | 'mailbox' | 'identity';

/** A page as people see it at one point of the tour. */
export interface Stop {
  app: AppName;
  /** Of its file: what it shows, such as `book-code-wrong`. */
  name: string;
  page: Page;
  /** Whether its address alone brings it, so that it can be asked for in another language. */
  isAddress: boolean;
}

export interface Tour {
  portal: Portal;
  /** A page of somebody with cookies of their own, at a desk, in Latvian. */
  visitor(): Promise<Page>;
  /** Closes the pages of all visitors. */
  everybodyLeaves(): Promise<void>;
  /** Called at each stop; the page is the tour's again when it returns. */
  look(stop: Stop): Promise<void>;
  /** Said when a page of the tour is not there: the tour goes on without it. */
  miss(what: string): void;
}
