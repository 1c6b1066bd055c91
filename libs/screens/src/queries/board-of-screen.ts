import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, type Language } from '#libs/platform';
import type { EmergencyProvider } from '#libs/profiles';
import { shownReferences } from '../rules/short-reference.js';
import { screenKeyHash } from '../screen-key.js';

/** A number on the screen. */
export interface ShownNumber {
  number: string;
  /** Where to go; null: nobody said it. */
  room: string | null;
}

/**
 * What a waiting room may see. There is no name, service, specialty or practitioner in it, and none is read: whatever is
 * added to the screen must come through here (promise 9).
 */
export interface ScreenBoard {
  branch: { name: string; zone: string; phone: string };
  emergency: EmergencyProvider;
  languages: Language[];
  sound: boolean;
  /** Who is asked in, the newest first. */
  called: ShownNumber[];
  /** Who is there and waits, by the time of the visit. */
  waiting: ShownNumber[];
  /** Who waits beside those. */
  more: number;
}

/** What fits, read from five metres. */
const mostCalled = 7;
const mostWaiting = 20;

interface Row {
  branch: ScreenBoard['branch'];
  emergency: EmergencyProvider;
  languages: Language[];
  sound: boolean;
  visits: { reference: string; room: string | null; isCalled: boolean; at: string | null }[];
}

/** What stands on the screen of a key. Nobody is signed in there: the key is all that is known. */
@Injectable()
export class BoardOfScreen {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns undefined for a key that is none, was renewed or switched off */
  async run(key: string): Promise<ScreenBoard | undefined> {
    const [row] = await this.database.read<Row>(
      `select json_build_object('name', b.name, 'zone', b.zone, 'phone', b.phone) as branch, b.emergency, w.languages, w.sound,
              (select coalesce(json_agg(json_build_object('reference', v.reference, 'room', v.room, 'isCalled', v.called, 'at', v.at)
                                        order by v.starts_at, v.reference), '[]')
                 from (
                   select a.reference, a.starts_at, a.status = 'checked-in' as called, e.at,
                          coalesce(a.room, (select string_agg(r.name, ', ' order by r.name)
                                      from occupation o
                                      join resource r on r.id = o.resource_id and r.kind = 'room'
                                     where o.owner_id = a.id and o.owner_kind = 'appointment'), b.room) as room
                     from appointment a
                     left join lateral (
                       select max(s.at) as at from appointment_event s
                        where s.appointment_id = a.id and s.to_status = 'checked-in') e on a.status = 'checked-in'
                    where a.branch_id = w.branch_id and a.status in ('arrived', 'checked-in')
                      and a.starts_at >= day.first and a.starts_at < day.last
                      and (w.resource_ids is null or a.resource_id = any(w.resource_ids))
                 ) v
                where not v.called or v.at > $2::timestamptz - make_interval(mins => w.called_minutes)) as visits
         from waiting_screen w
         join branch b on b.id = w.branch_id
        cross join lateral (
          select d.day::timestamp at time zone b.zone as first, (d.day + 1)::timestamp at time zone b.zone as last
            from (select ($2::timestamptz at time zone b.zone)::date as day) d) day
        where w.key_hash = $1 and w.revoked_at is null`,
      [screenKeyHash(key), this.clock.now().toString()],
    );
    return row && boardOf(row);
  }
}

function boardOf({ branch, emergency, languages, sound, visits }: Row): ScreenBoard {
  const numbers = shownReferences(visits.map(({ reference }) => reference));
  const shown = visits.map(({ room, isCalled, at }, n) => ({ number: numbers[n] ?? '', room, isCalled, at: at ?? '' }));
  const called = shown.filter(({ isCalled }) => isCalled).sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  const waiting = shown.filter(({ isCalled }) => !isCalled);
  const bare = ({ number, room }: ShownNumber): ShownNumber => ({ number, room });
  return {
    branch,
    emergency,
    languages,
    sound,
    called: called.slice(0, mostCalled).map(bare),
    waiting: waiting.slice(0, mostWaiting).map(bare),
    more: Math.max(0, waiting.length - mostWaiting),
  };
}
