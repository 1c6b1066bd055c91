import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database, oneByOne, Refusal, type Tx } from '#libs/platform';
import { encodePicture } from './encode-picture.js';
import { lockKept, portalDay } from './practitioner-card.js';

/** A camera's picture takes a quarter of a gigabyte while it is decoded. */
const inTurn = oneByOne(10);

interface PictureOf {
  actor: Actor;
  clinicId: string;
  /** Null: the clinic's own picture. */
  practitionerId: string | null;
}

async function forget(tx: Tx, clinicId: string, practitionerId: string | null): Promise<void> {
  if (practitionerId === null)
    await tx.query(`delete from picture where clinic_id = $1 and practitioner_id is null`, [clinicId]);
  else await tx.query(`delete from picture where practitioner_id = $1`, [practitionerId]);
}

/**
 * Keeps the picture of the clinic, or of a practitioner whose card it keeps, instead of the former one. Only what we
 * encode is stored (faults.md E13). Refusals: `not-found`, `not-allowed`, `invalid` (`picture`, with the fault),
 * `busy` many others are sent.
 */
@Injectable()
export class KeepPicture {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, clinicId, practitionerId, bytes }: PictureOf & { bytes: Buffer }): Promise<{ hash: string }> {
    requireStaff(actor, clinicId, 'profile.edit');
    const now = this.clock.now();
    const kept = { clinicId, practitionerId: practitionerId ?? '', day: portalDay(now) };
    // Asked before the work, and again under the lock: decoding is dear, and no transaction waits for it.
    if (practitionerId !== null) await this.database.transaction((tx) => lockKept(tx, kept));
    const encoded = await inTurn(() => encodePicture(bytes));
    if (typeof encoded === 'string')
      throw new Refusal('invalid', { errors: [{ path: 'picture', code: `setup.picture.errors.${encoded}` }] });
    await this.database.transaction(async (tx) => {
      if (practitionerId !== null) await lockKept(tx, kept);
      await tx.query(`select id from clinic where id = $1 for no key update`, [clinicId]);
      await forget(tx, clinicId, practitionerId);
      await tx.query(
        `insert into picture (clinic_id, practitioner_id, hash, small_webp, small_jpeg, large_webp, large_jpeg, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          clinicId,
          practitionerId,
          encoded.hash,
          encoded.smallWebp,
          encoded.smallJpeg,
          encoded.largeWebp,
          encoded.largeJpeg,
          now.toString(),
        ],
      );
    });
    return { hash: encoded.hash };
  }
}

/** Takes the picture away; its address answers `not-found` from then on. Refusals as of `KeepPicture`. */
@Injectable()
export class RemovePicture {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, clinicId, practitionerId }: PictureOf): Promise<void> {
    requireStaff(actor, clinicId, 'profile.edit');
    const day = portalDay(this.clock.now());
    await this.database.transaction(async (tx) => {
      if (practitionerId !== null) await lockKept(tx, { clinicId, practitionerId, day });
      await forget(tx, clinicId, practitionerId);
    });
  }
}
