import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';

/** A sitemap holds 50,000 addresses at most; the clinics and fixed pages have the rest. */
const most = 45_000;

/** The slugs of all published practitioners, for search engines. */
@Injectable()
export class PublishedPractitioners {
  constructor(private readonly database: Database) {}

  async run(): Promise<string[]> {
    const rows = await this.database.read<{ slug: string }>(
      `select slug from practitioner where published order by slug limit ${most}`,
    );
    return rows.map(({ slug }) => slug);
  }
}
