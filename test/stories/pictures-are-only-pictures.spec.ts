import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aCredential,
  aPractitioner,
  aStaffMember,
  type Practitioner,
  type StaffMember,
} from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { claimedPng, redAndBlue } from '../support/pictures.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2027-03-01T08:00:00Z');
const megabyte = 1024 * 1024;

let database: TestDatabase;
let app: RunningApp;
let booking: RunningApp;
let anna: Practitioner;
let admin: StaffVisitor;
let registrar: StaffVisitor;
let stranger: StaffVisitor;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database, { name: 'Saules klīnika', slug: 'saules-klinika' });
  const branch = await aBranch(database, { clinic });
  anna = await aPractitioner(database, { clinic, givenName: 'Anna', familyName: 'Ozola' });
  await aCalendar(database, {
    branch,
    practitioner: anna,
    open: [['2027-03-02T09:00', '2027-03-02T12:00']],
    now: clock.now().toString(),
  });
  app = await startApp('clinic', { clock });
  booking = await startApp('booking', { clock });
  const enter = async (staff: StaffMember): Promise<StaffVisitor> =>
    staffVisitor(app, staff, await aCredential(database, staff), clock);
  admin = await enter(await aStaffMember(database, { clinic, role: 'admin' }));
  registrar = await enter(await aStaffMember(database, { clinic }));
  stranger = await enter(await aStaffMember(database, { clinic: await aClinic(database), role: 'admin' }));
});

afterAll(async () => {
  await app?.stop();
  await booking?.stop();
  await database?.drop();
});

interface Sent {
  status: number;
  location: string | null;
  html: string;
}

async function send(
  bytes: Buffer | null,
  {
    name = 'me.jpg',
    type = 'image/jpeg',
    path = `/en/setup/doctors/${anna.id}/picture`,
    who = admin,
    headers = {},
  }: { name?: string; type?: string; path?: string; who?: StaffVisitor; headers?: Record<string, string> } = {},
): Promise<Sent> {
  const form = new FormData();
  if (bytes) form.append('picture', new File([new Uint8Array(bytes)], name, { type }));
  const answer = await fetch(app.url + path, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { cookie: who.cookie, accept: 'text/html', ...headers },
  });
  return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
}

const stored = async (): Promise<{ hash: string; files: Buffer[] } | undefined> => {
  const [row] = await database.sql<{ hash: string; files: Buffer[] }>(
    'select hash, array[small_webp, small_jpeg, large_webp, large_jpeg] as files from picture where practitioner_id = $1',
    [anna.id],
  );
  return row;
};

/** The colour a quarter from the left and a quarter from the right, in the middle. */
async function sides(file: Buffer): Promise<string[]> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  return [0.25, 0.75].map((part) => {
    const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width * part)) * info.channels;
    return data[at]! > 200 && data[at + 2]! < 60 ? 'red' : data[at + 2]! > 200 && data[at]! < 60 ? 'blue' : 'mixed';
  });
}

describe('a picture', () => {
  it('is encoded anew in two sizes and two formats, and stands on every page with the name', async () => {
    const sent = await redAndBlue(1200, 1320).jpeg().toBuffer();
    expect((await send(sent)).location).toBe(`/en/setup/doctors/${anna.id}`);
    const { hash, files } = (await stored())!;
    const described = await Promise.all(files.map(async (file) => sharp(Buffer.from(file)).metadata()));
    expect(described.map(({ format, width, height }) => `${format} ${width}x${height}`)).toEqual([
      'webp 260x286',
      'jpeg 260x286',
      'webp 520x572',
      'jpeg 520x572',
    ]);
    for (const path of [`/lv/doctors/${anna.slug}`, '/lv/clinics/saules-klinika', '/lv/find?specialty=cardiology']) {
      const html = await (await fetch(booking.url + path)).text();
      expect(html).toContain(
        `<source type="image/webp" srcset="/pictures/${hash}/260.webp 1x, /pictures/${hash}/520.webp 2x">`,
      );
      expect(html).toMatch(/<img class="avatar[^>]*alt="Anna Ozola" width="260" height="286"/);
    }
  });

  it('is served as what we wrote, for ever, and can do nothing', async () => {
    const { hash, files } = (await stored())!;
    for (const [index, [name, type]] of [
      ['260.webp', 'image/webp'],
      ['260.jpg', 'image/jpeg'],
      ['520.webp', 'image/webp'],
      ['520.jpg', 'image/jpeg'],
    ].entries()) {
      const answer = await fetch(`${booking.url}/pictures/${hash}/${name}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe(type);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(files[index]!))).toBe(true);
    }
    expect((await fetch(`${booking.url}/pictures/${hash}/260.webp`, { method: 'HEAD' })).status).toBe(200);
    for (const path of [
      `${hash}/260.svg`,
      `${hash}/constructor`,
      `${hash}/../260.webp`,
      `${'0'.repeat(32)}/260.webp`,
      `${hash.toUpperCase()}x/260.webp`,
      `${encodeURIComponent('../../etc/passwd')}/260.webp`,
    ])
      expect((await fetch(`${booking.url}/pictures/${path}`)).status).toBe(404);
    // The staff app shows it too, to those who are signed in.
    expect((await fetch(`${app.url}/pictures/${hash}/260.webp`, { headers: { cookie: admin.cookie } })).status).toBe(
      200,
    );
    expect((await fetch(`${app.url}/pictures/${hash}/260.webp`, { redirect: 'manual' })).status).toBe(303);
  });

  it('is turned as the camera held it, and loses where and with what it was taken', async () => {
    // Lying on its side: red above blue. Orientation 6 means a quarter turn clockwise: blue to the left of red.
    const upright = await redAndBlue(1320, 1200).png().toBuffer();
    const lying = await sharp(upright).rotate(90).jpeg().toBuffer();
    const sent = await sharp(lying)
      .withExif({ IFD0: { Copyright: 'Slepena Kamera', Orientation: '6' }, IFD3: { GPSLatitude: '56/1 57/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const exif = await sharp(sent).metadata();
    expect(exif.orientation).toBe(6);
    expect(exif.exif).toBeDefined();
    expect((await send(sent)).status).toBe(303);
    for (const file of (await stored())!.files.map((each) => Buffer.from(each))) {
      const { orientation, exif: left, xmp, icc, iptc } = await sharp(file).metadata();
      expect([orientation, left, xmp, icc, iptc]).toEqual([undefined, undefined, undefined, undefined, undefined]);
      expect(file.includes('Slepena')).toBe(false);
      expect(await sides(file)).toEqual(['blue', 'red']);
    }
  });

  it('of another shape is cut to its middle', async () => {
    const sent = await redAndBlue(2400, 600).png().toBuffer();
    expect((await send(sent, { name: 'wide.png', type: 'image/png' })).status).toBe(303);
    expect(await sides(Buffer.from((await stored())!.files[3]!))).toEqual(['red', 'blue']);
  });

  it('that moves stands still at its first frame', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#0000ff'].map((background) =>
        sharp({ create: { width: 300, height: 330, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const moving = await sharp(frames, { join: { animated: true } })
      .webp({ loop: 0, delay: [100, 100] })
      .toBuffer();
    expect((await sharp(moving, { pages: -1 }).metadata()).pages).toBe(2);
    expect((await send(moving, { name: 'moving.webp', type: 'image/webp' })).status).toBe(303);
    const file = Buffer.from((await stored())!.files[2]!);
    expect((await sharp(file).metadata()).pages).toBeUndefined();
    expect(await sides(file)).toEqual(['red', 'red']);
  });

  it('is judged by what is in it, whatever it is called', async () => {
    const png = await redAndBlue(300, 330).png().toBuffer();
    expect((await send(png, { name: 'virus.exe', type: 'application/octet-stream' })).status).toBe(303);
    expect((await send(png, { name: '../../x', type: 'image/svg+xml' })).status).toBe(303);
    expect((await send(png, { name: 'b"; filename="c.html', type: 'text/html' })).status).toBe(303);
  });

  it('that is something else too loses the other half', async () => {
    const jpeg = await redAndBlue(600, 660).jpeg().toBuffer();
    const script = '<html><script>alert(document.domain)</script></html>PK\u0003\u0004<?php system("id") ?>';
    expect((await send(Buffer.concat([jpeg, Buffer.from(script)]))).status).toBe(303);
    const commented = Buffer.concat([
      jpeg.subarray(0, 2),
      Buffer.from([0xff, 0xfe, 0, script.length + 2]),
      Buffer.from(script),
      jpeg.subarray(2),
    ]);
    expect((await send(commented)).status).toBe(303);
    for (const file of (await stored())!.files) expect(Buffer.from(file).includes('<script')).toBe(false);
  });
});

describe('what is no picture', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="660"><script>alert(1)</script></svg>';

  it.each<[string, () => Promise<Buffer> | Buffer, string]>([
    ['nothing at all', () => Buffer.alloc(0), 'Choose a picture file.'],
    ['a drawing with a script', () => Buffer.from(svg), 'cannot be read'],
    ['a page', () => Buffer.from('<!doctype html><script>alert(1)</script>'), 'cannot be read'],
    ['an archive', () => Buffer.from('PK\u0003\u0004rest of it'), 'cannot be read'],
    ['a moving GIF', () => redAndBlue(300, 330).gif().toBuffer(), 'cannot be read'],
    ['a TIFF', () => redAndBlue(300, 330).tiff().toBuffer(), 'cannot be read'],
    ['the beginning of a JPEG alone', () => Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'cannot be read'],
    ['half a JPEG', async () => (await redAndBlue(600, 660).jpeg().toBuffer()).subarray(0, 2500), 'cannot be read'],
    ['a PNG that claims 50,000 × 50,000', () => claimedPng(50_000, 50_000), 'too many pixels'],
    ['a PNG that claims a line of two billion', () => claimedPng(2_000_000_000, 1), ''],
    ['a PNG of nothing', () => claimedPng(300, 330), 'cannot be read'],
    ['a stamp', () => redAndBlue(200, 220).jpeg().toBuffer(), 'too small'],
    ['six megabytes', () => Buffer.alloc(6 * megabyte, 1), 'larger than 5 MB'],
    ['thirty megabytes', () => Buffer.alloc(30 * megabyte, 1), 'larger than 5 MB'],
  ])('is refused beside the field: %s', async (_, make, words) => {
    const before = await stored();
    const began = performance.now();
    const answer = await send(await make());
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('id="picture-error"');
    expect(answer.html).toContain(words);
    expect((await stored())?.hash).toBe(before?.hash);
    // No bomb goes off: nothing of these sizes is ever decoded.
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it('does not grow in memory, however far its data inflates', async () => {
    const bomb = claimedPng(300, 330, Buffer.alloc(200 * megabyte));
    expect(bomb.length).toBeLessThan(megabyte);
    const before = process.memoryUsage().rss;
    const answer = await send(bomb);
    expect([303, 422]).toContain(answer.status);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * megabyte);
  });

  it('is asked for when no file came', async () => {
    expect((await send(null)).status).toBe(422);
    expect((await admin.post(`/en/setup/doctors/${anna.id}/picture`, { picture: 'text' })).status).toBe(422);
  });
});

describe('a picture of', () => {
  it('the clinic stands on its page, and is gone when it is taken away', async () => {
    const green = { width: 600, height: 660, channels: 3 as const, background: '#008000' };
    const picture = await sharp({ create: green }).jpeg().toBuffer();
    expect((await send(picture, { path: '/en/setup/picture' })).location).toBe('/en/setup/clinic');
    const html = await (await fetch(`${booking.url}/lv/clinics/saules-klinika`)).text();
    const hash = /<meta property="og:image" content="[^"]*\/pictures\/([0-9a-f]{32})\/520.jpg">/.exec(html)?.[1];
    expect(html).toContain('alt="Saules klīnika"');
    expect((await admin.post('/en/setup/picture/remove', {})).location).toBe('/en/setup/clinic');
    expect((await fetch(`${booking.url}/pictures/${hash}/260.webp`)).status).toBe(404);
    expect(await (await fetch(`${booking.url}/lv/clinics/saules-klinika`)).text()).not.toContain(`${hash}`);
  });

  it('a doctor is changed only by the clinic that keeps the card, and never from another site', async () => {
    const picture = await redAndBlue(600, 660).jpeg().toBuffer();
    const before = await stored();
    expect((await send(picture, { who: registrar })).status).toBe(403);
    expect((await send(picture, { who: stranger })).status).toBe(404);
    expect(
      (await send(picture, { headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' } })).status,
    ).toBe(403);
    expect(await stored()).toEqual(before);
  });
});
