import { Injectable } from '@nestjs/common';
import { type Actor, requireSomewhere, within } from '#libs/access';
import { Database, type Language } from '#libs/platform';
import { screenKey, screenKeyHash } from '../screen-key.js';

/** A screen as its admin sees it. */
export interface ClinicScreen {
  id: string;
  name: string;
  branch: { id: string; name: string };
  languages: Language[];
  resourceIds: string[] | null;
  sound: boolean;
  calledMinutes: number;
  isRevoked: boolean;
  /** The secret of its address; null when it was switched off, or given out under keys that are no longer the newest. */
  key: string | null;
}

interface Row extends Omit<ClinicScreen, 'key'> {
  generation: number;
  key_hash: Buffer;
}

function screenOf({ generation, key_hash: hash, ...screen }: Row): ClinicScreen {
  const key = screenKey(screen.id, generation);
  return { ...screen, key: !screen.isRevoked && screenKeyHash(key).equals(hash) ? key : null };
}

/** The screens of a clinic with their addresses, for those who set them up. */
@Injectable()
export class ScreensOfClinic {
  constructor(private readonly database: Database) {}

  /** By branch and name. @throws Refusal `not-allowed`, `not-found` another clinic */
  async run(actor: Actor, clinicId: string): Promise<ClinicScreen[]> {
    const { branchIds } = within(requireSomewhere(actor, clinicId, 'screens.edit'), 'screens.edit');
    const rows = await this.database.read<Row>(
      `select w.id, w.name, json_build_object('id', b.id, 'name', b.name) as branch, w.languages, w.resource_ids as "resourceIds",
              w.sound, w.called_minutes as "calledMinutes", w.revoked_at is not null as "isRevoked", w.generation, w.key_hash
         from waiting_screen w
         join branch b on b.id = w.branch_id
        where w.clinic_id = $1 and ($2::uuid[] is null or w.branch_id = any($2))
        order by b.name collate "lv-x-icu", w.name collate "lv-x-icu", w.id`,
      [clinicId, branchIds],
    );
    return rows.map(screenOf);
  }
}
