import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { axe, browser, type TestBrowser } from './browser.js';
import { testDatabase, type TestDatabase } from './database.js';
import { smtpCatcher } from './mail.js';

describe('the house of the tests', () => {
  let database: TestDatabase;
  let chromium: TestBrowser;

  beforeAll(async () => {
    database = await testDatabase();
    chromium = await browser();
  });

  afterAll(async () => {
    await chromium?.stop();
    await database?.drop();
  });

  it('gives each file a database that the owner may change', async () => {
    await database.sql('create table only_here (id int)');
    expect(await database.sql('select count(*)::int as rows from only_here')).toEqual([{ rows: 0 }]);
  });

  it('catches letters over SMTP', async () => {
    const mail = await smtpCatcher();
    await createTransport(mail.url).sendMail({
      from: 'a@clinic.example',
      to: 'ilze@patient.example',
      subject: 'Čau',
      text: 'ļoti',
    });
    const letter = await mail.waitFor('ilze@patient.example');
    expect(letter.parsed.subject).toBe('Čau');
    await mail.stop();
  });

  it('opens pages in Chromium and lets axe look at them', async () => {
    const { page } = await chromium.visitor();
    await page.setContent('<html lang="en"><title>A page</title><main><h1>A page</h1><img src="data:,"></main></html>');
    expect((await axe(page)).join('\n')).toMatch(/image-alt/);
  });
});
