import type { Portal } from './portal.js';

export interface Doctor {
  slug: string;
  clinicSlug: string;
  calendarId: string;
  payer: 'state' | 'paid';
  /** Whether the clinic answers each request by hand. */
  isManual: boolean;
}

interface Found {
  items: {
    slug: string;
    clinic: { slug: string };
    calendarId: string;
    payer: 'state' | 'paid';
    confirmation: string;
  }[];
  next: string | null;
}

/** Practitioners with free times, the first free one first, as the API finds them. */
export async function doctorsOf({ bookingUrl }: Portal, { payer }: { payer?: string }): Promise<Doctor[]> {
  const found: Doctor[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: '50', ...(payer && { payer }), ...(cursor && { cursor }) });
    const answer = await fetch(`${bookingUrl}/api/v1/practitioners?${query}`);
    if (!answer.ok) throw new Error(`The search of the API answers ${answer.status}: ${await answer.text()}`);
    const { items, next } = (await answer.json()) as Found;
    for (const { slug, clinic, calendarId, payer: pays, confirmation } of items)
      found.push({ slug, clinicSlug: clinic.slug, calendarId, payer: pays, isManual: confirmation === 'manual' });
    cursor = next;
  } while (cursor);
  return found;
}
