/** What somebody may answer to a short message. `unclear`: words of their own, for people to read. */
export type IncomingMeaning = 'come' | 'cancel' | 'call' | 'stop' | 'start' | 'unclear';

/**
 * What may stand alone, in Latvian, Estonian, English and Russian (also in Latin letters), parted by commas; letters
 * without their marks mean the same. A word that means two things in two of the languages is not here.
 */
const words: Readonly<Record<Exclude<IncomingMeaning, 'unclear'>, readonly string[]>> = {
  stop: ['stop, stopp, unsubscribe, стоп'],
  start: ['start, старт'],
  come: [
    'jā, jaa, ok, okei, labi, nākšu, es nākšu, būšu, es būšu, atnākšu, ieradīšos, es ieradīšos, jā nākšu, jā būšu',
    'jā ieradīšos, jā atnākšu, apstiprinu, jā apstiprinu, apstiprināt',
    'jah, tulen, ma tulen, jah tulen, jaa tulen, tulen kohale, kinnitan, jah kinnitan, olen kohal, sobib, jah sobib',
    'yes, y, okay, coming, confirm, confirmed, i will come, ill come, yes i will come, yes ill come, i will be there',
    'ill be there',
    'да, приду, я приду, да приду, придём, придем, буду, я буду, да буду, подтверждаю, да подтверждаю, ок, хорошо',
    'da, pridu, da pridu, budu, da budu',
  ],
  cancel: [
    'nē, atcelt, atceliet, atcelu, atcelu vizīti, atcelt vizīti, atceliet vizīti, nenākšu, es nenākšu, nē nenākšu',
    'neatnākšu, nebūšu, neieradīšos, es neieradīšos, nē neieradīšos, nevaru, nevarēšu, es nevarēšu, nevaru atnākt',
    'nevarēšu atnākt, nevaru ierasties, nevarēšu ierasties, es nevarēšu ierasties',
    'ei, tühista, tühistan, tühistage, tühistada, soovin tühistada, tyhista, tyhistan, ei tule, ma ei tule',
    'ei tule kohale, ei saa, ei saa tulla, ma ei saa tulla',
    'no, cancel, i cant, i cant come, i cannot come, i wont come, i will not come, cannot come, cant come, not coming',
    'im not coming',
    'нет, отмена, отменить, отмените, отменяю, не приду, я не приду, нет не приду, не придём, не придем, не смогу',
    'я не смогу, не смогу прийти, не смогу придти, не могу, не могу прийти, не буду',
    'net, ne pridu, ne smogu, ne mogu, otmena',
  ],
  call: [
    'zvaniet, piezvaniet, atzvaniet, piezvaniet man, helista, helistage, helistage mulle, call, call me, call back',
    'позвоните, перезвоните, звоните, позвоните мне, pozvonite, perezvonite',
  ],
};

/** What people add before or after to be polite: it changes nothing of what they mean. */
const courtesies =
  'labdien, sveiki, čau, lūdzu, paldies, tere, tervist, palun, aitäh, tänan, hello, hi, please, thanks, thank you, sorry, ' +
  'diemžēl, kahjuks, здравствуйте, добрый день, пожалуйста, спасибо, к сожалению, извините, простите';

/** Small letters without marks, signs and doubled spaces: what people mean, however their phone writes it. */
const reduced = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/(?<=[A-Za-z])\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const meanings = new Map<string, IncomingMeaning>();
for (const [meaning, texts] of Object.entries(words) as [IncomingMeaning, readonly string[]][]) {
  for (const text of texts.flatMap((each) => each.split(', ')))
    if (!meanings.has(reduced(text))) meanings.set(reduced(text), meaning);
}
const polite = courtesies.split(', ').map(reduced).join('|');
const politely = new RegExp(`^(?:(?:${polite})(?: |$))+|(?:(?: |^)(?:${polite}))+$`, 'gu');

/** Whoever writes more than this tells something. */
const longest = 160;

/** Where somebody takes a breath: what stands before and after it was not said in one. */
const pauses = /[,.;:!…\n–—]+/u;

/**
 * What an answer means, if each of its parts is a known word, and all of them say the same: "Jā, bet vēlāk" is not a yes,
 * and "Не, приду" not a no. A question means nothing, and a sentence is never guessed at, because a wrong guess would
 * cancel somebody's visit.
 */
export function meaningOf(text: string): IncomingMeaning {
  if (text.length > longest || text.includes('?')) return 'unclear';
  const parts = text
    .split(pauses)
    .map((part) => reduced(part).replace(politely, ''))
    .filter(Boolean);
  const said = new Set(parts.map((part) => meanings.get(part) ?? 'unclear'));
  const [only = 'unclear'] = said;
  return said.size === 1 ? only : 'unclear';
}

/** The number that somebody chose from a numbered list: `1`, `2.`, `Nr. 1`; null: it is not a number alone. */
export function choiceOf(text: string): number | null {
  if (/[?？]/u.test(text)) return null;
  const [, digit] =
    /^(?:(?:nr|nummer|numurs|number|номер|variant|вариант) )?([1-9])$/u.exec(reduced(text).replace(politely, '')) ?? [];
  return digit === undefined ? null : Number(digit);
}
