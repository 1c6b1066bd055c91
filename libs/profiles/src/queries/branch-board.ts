import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';
import type { EmergencyProvider } from '../branch.entity.js';

/** Whom to call of a branch, and where to go when it cannot wait (R3-05). */
export interface BranchContacts {
  clinic: string;
  phone: string;
  emergency: EmergencyProvider;
}

/** The contacts that stand wherever nothing can be booked. */
@Injectable()
export class BranchBoard {
  constructor(private readonly database: Database) {}

  async run(branchId: string): Promise<BranchContacts | undefined> {
    const [row] = await this.database.read<BranchContacts>(
      `select k.name as clinic, b.phone, b.emergency from branch b join clinic k on k.id = b.clinic_id where b.id = $1`,
      [branchId],
    );
    return row;
  }
}
