/** What somebody may answer to a short message. `unclear`: words of their own, for people to read. */
export type IncomingMeaning = 'come' | 'cancel' | 'call' | 'stop' | 'start' | 'unclear';

/**
 * What may stand alone, in Latvian, Estonian, English and Russian, parted by commas; letters without their marks mean the
 * same. A word that means two things in two of the languages is not here.
 */
const words: Readonly<Record<Exclude<IncomingMeaning, 'unclear'>, readonly string[]>> = {
  stop: ['stop, stopp, unsubscribe, стоп'],
  start: ['start, старт'],
  come: [
    'jā, jaa, ok, okei, labi, nākšu, būšu, atnākšu, apstiprinu, apstiprināt',
    'jah, tulen, kinnitan, olen kohal, sobib',
    'yes, y, coming, confirm, i will come, ill come',
    'да, da, приду, буду, подтверждаю, ок, хорошо',
  ],
  cancel: [
    'nē, atcelt, atcelu, atcelu vizīti, atcelt vizīti, nenākšu, nevaru, nevarēšu',
    'ei, tühista, tühistan, ei tule, ei saa tulla, ei saa',
    'no, n, cancel, i cant, cannot come, cant come',
    'нет, отмена, отменить, отменяю, не приду, не могу',
  ],
  call: [
    'zvaniet, piezvaniet, lūdzu zvaniet, lūdzu piezvaniet, atzvaniet',
    'helista, helistage, palun helistage, palun helista, helistage palun',
    'call, call me, please call, please call me',
    'позвоните, перезвоните, звоните, позвоните пожалуйста, перезвоните пожалуйста',
  ],
};

/** Small letters without marks, signs and doubled spaces: what people mean, however their phone writes it. */
const reduced = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/(?<=[A-Za-z])\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’`]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const meanings = new Map<string, IncomingMeaning>();
for (const [meaning, texts] of Object.entries(words) as [IncomingMeaning, readonly string[]][]) {
  for (const text of texts.flatMap((each) => each.split(', ')))
    if (!meanings.has(reduced(text))) meanings.set(reduced(text), meaning);
}

/**
 * What an answer means, if it says one of the known words and nothing else: "Jā, bet vēlāk" is not a yes. A sentence is
 * never guessed at, because a wrong guess would cancel somebody's visit.
 */
export const meaningOf = (text: string): IncomingMeaning => meanings.get(reduced(text)) ?? 'unclear';
