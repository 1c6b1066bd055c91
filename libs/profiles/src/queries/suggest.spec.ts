import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, newDataSource } from '#libs/platform';
import type { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { Suggest } from './suggest.js';

let database: TestDatabase;
let source: DataSource;
let suggest: Suggest;

beforeAll(async () => {
  database = await testDatabase();
  await database.sql(`
    insert into specialty (id, name) values
      ('oftalmologs', '{"lv": "Oftalmologs", "et": "Silmaarst", "en": "Eye doctor", "ru": "Окулист"}'),
      ('kardiologs', '{"lv": "Kardiologs", "et": "Kardioloog", "en": "Cardiologist", "ru": "Кардиолог"}');
    insert into clinic (slug, country, name, registration_number, phone, email, published, created_at) values
      ('saules-klinika', 'LV', 'Saules klīnika', '40000000001', '+37167000001', 'a@saule.example', true, '2026-01-01Z'),
      ('aizverta', 'LV', 'Slēgtā klīnika', '40000000002', '+37167000002', 'a@sleg.example', false, '2026-01-01Z');
    insert into branch (clinic_id, slug, name, city, address, postal_code, zone, phone, emergency)
      select id, 'centrs', 'Centrs', 'Rīga', 'Saules iela 1', 'LV-1001', 'Europe/Riga', '+37167000001',
             '{"name": "A", "address": "B", "phone": "C"}' from clinic;
    insert into service (clinic_id, specialty_id, name, minutes)
      select id, 'oftalmologs', '{"lv": "Redzes pārbaude", "et": "Nägemise kontroll", "en": "Eye test", "ru": "Проверка зрения"}', 20
        from clinic where published;
    insert into practitioner (slug, given_name, family_name, published, created_at)
      select 'p-' || n,
             (array['Anna', 'Jānis', 'Līga', 'Kaspars', 'Mārtiņš', 'Ilze', 'Tõnu', 'Ülle', 'Õie', 'Mati'])[1 + n % 10],
             chr(65 + n % 26) || chr(97 + n * 7 % 26) || chr(97 + n * 11 % 26) || md5(n::text), true, '2026-01-01Z'
        from generate_series(1, 10000) n;
    insert into practitioner (slug, given_name, family_name, published, created_at) values
      ('andris-berzins', 'Andris', 'Bērziņš', true, '2026-01-01Z'),
      ('katrin-ounapuu', 'Katrin', 'Õunapuu', true, '2026-01-01Z'),
      ('slepens-berzins', 'Slepens', 'Bērziņš', false, '2026-01-01Z');
    insert into practitioner_specialty (practitioner_id, specialty_id) select id, 'oftalmologs' from practitioner;
    analyze;
  `);
  source = await newDataSource({ url: database.appUrl, name: 'spec' }).initialize();
  suggest = new Suggest(new Database(source));
});

afterAll(async () => {
  await source.destroy();
  await database.drop();
});

const labels = async (typed: string): Promise<string[]> => (await suggest.run(typed, 'lv')).map((each) => each.label);

describe('suggestions', () => {
  it.each(['Bērziņš', 'berzins', 'BERZ', 'brezins', 'berzinsh', 'andris ber'])('find Bērziņš for %s', async (typed) => {
    expect(await labels(typed)).toContain('Andris Bērziņš');
  });

  it.each(['õuna', 'ounapuu', 'ounapu'])('find Õunapuu for %s', async (typed) => {
    expect(await labels(typed)).toContain('Katrin Õunapuu');
  });

  it('say where each leads, best first', async () => {
    expect((await suggest.run('berz', 'lv'))[0]).toEqual({
      kind: 'practitioner',
      label: 'Andris Bērziņš',
      detail: 'Oftalmologs',
      path: '/doctors/andris-berzins',
    });
    expect((await suggest.run('saules', 'en')).map((each) => each.path)).toContain('/clinics/saules-klinika');
    expect((await suggest.run('silma', 'et'))[0]).toMatchObject({
      label: 'Silmaarst',
      path: '/find?specialty=oftalmologs',
    });
    expect((await suggest.run('redzes', 'lv'))[0]).toMatchObject({
      kind: 'service',
      path: '/find?q=Redzes%20p%C4%81rbaude',
    });
  });

  it('never show what is not published', async () => {
    expect(await labels('slepens')).not.toContain('Slepens Bērziņš');
    expect(await labels('slegta')).not.toContain('Slēgtā klīnika');
  });

  it.each(['%', '_', '\\', "'", 'a', '', '   ', '%%%%', '🫀🫀'])(
    'have nothing to say to %j and do not fail',
    async (typed) => {
      expect(await suggest.run(typed, 'lv')).toEqual([]);
    },
  );

  it('leave the session as it was', async () => {
    await suggest.run('berzins', 'lv');
    const [row] = await source.query<{ limit: string }[]>(
      `select current_setting('pg_trgm.word_similarity_threshold', true) as limit`,
    );
    expect(row?.limit).toBe('0.6');
  });

  it('keep nobody waiting among ten thousand practitioners', async () => {
    const took: number[] = [];
    for (const typed of Array.from({ length: 5 }, () => ['ber', 'berzins', 'anna', 'ma', 'kard', 'brezinsh']).flat()) {
      const started = performance.now();
      await suggest.run(typed, 'lv');
      took.push(performance.now() - started);
    }
    took.sort((a, b) => a - b);
    // A few milliseconds on an idle machine; a plan that reads every row takes hundreds.
    expect(took[Math.floor(took.length / 2)]).toBeLessThan(200);
  });
});
