import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';

/** What a clinic is called, for those who come by a link and are nobody yet. */
@Injectable()
export class ClinicNames {
  constructor(private readonly database: Database) {}

  async of(clinicId: string): Promise<string> {
    const [row] = await this.database.read<{ name: string }>(`select name from clinic where id = $1`, [clinicId]);
    return row?.name ?? '';
  }
}
