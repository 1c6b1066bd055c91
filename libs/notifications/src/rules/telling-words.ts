import { folded, wordsAsRead, wordsOf } from './words-as-read.js';

/**
 * How words begin that stand in names of services and say nothing about anybody's health, in four languages; with a stop,
 * the whole word: māsa is a nurse, masāža is not.
 */
const harmless: readonly string[] = `
  konsult vizit apskat parbaud izmekl arst masa. masas. specialist pacient veselib primar pirmreiz pirma.
  atkartot pieaug gimen medicin klinik centr praks privat aprup attalin video telefon pierakst kabinet proced
  istab obligat apmaks
  pakalpojum visparej dienas minut pirms pusstund stund sertifik palig filial slimnic poliklin doktorat iela.
  konsult visiit vastuvot labivaat uuring spetsialist patsien tervis esma. korduv taiskasv pere meditsiin
  kliinik keskus praksis eravastu kaug uldar protsed teenus haigla polikl kontroll minut tund. oed. oendus ode.
  ning. enne. parast osakond rahasta riigi.
  consult visit appoint examin check doctor physic nurse patient health primary first repeat follow adult
  family medic clinic center centre practice private remote phone general proced service hospital with. from. room. rooms. state. paid. practition
  after before hour. care. the and for. new. specialist
  консульт визит прием осмотр обследов врач доктор специал пациент здоров первич повтор взросл семейн медиц
  медсестр клиник центр практик частн дистанц удален видео телефон общ процедур услуг больниц поликлин минут
  час. для. или. после кабинет
`
  .trim()
  .split(/\s+/)
  .map(folded);

/**
 * Words that everybody says and that only begin as a name does: who says goodbye in Latvian has not spoken of eyesight,
 * who cancels has not spoken of cancer. With a stop, the whole word.
 */
const everyday: readonly string[] = `
  redzet. redzam redzat. redzesim redzesiet. redzesanos. svarig valsts. internet
  ning. naha. naeme. naete. tootame. valige. valida. valja. lahti.
  cancel correct back. field last. lasts. remove. points.
  больше. более. простой. просто. проверьте. интернет поле.
`
  .trim()
  .split(/\s+/)
  .map(folded);

const begins = (word: string, stems: readonly string[]): boolean => stems.some((stem) => `${word}.`.startsWith(stem));

const isHarmless = (word: string): boolean => word.length < 3 || /^\d+$/.test(word) || begins(word, harmless);

/** A word by which others are known: how it begins, and how long a word that begins so may be to be the same. */
export interface TellingTerm {
  stem: string;
  longest: number;
}

const endsInVowel = /[aeiouyаеиоуыэюя]$/;

/**
 * A word in any of its endings. Long words are told by how they begin, so that onkologs and onkoloģijas are one; short
 * ones must be nearly the same, because too many others begin as they do.
 */
function termOf(word: string): TellingTerm {
  if (word.length <= 3) return { stem: word, longest: word.length };
  if (word.length <= 5) return { stem: word.replace(endsInVowel, ''), longest: word.length + 2 };
  return { stem: word.slice(0, Math.max(5, word.length - 3)), longest: Number.POSITIVE_INFINITY };
}

/**
 * The words of names that would tell what somebody comes for or to whom: of services, specialties, titles and people, in
 * every language. What every clinic says, as consultation or doctor, is left out.
 */
export function tellingTerms(names: readonly string[]): TellingTerm[] {
  const words = new Set(names.flatMap((name) => wordsOf(folded(name))));
  return [...words].filter((word) => !isHarmless(word)).map(termOf);
}

const isTold = (word: string, { stem, longest }: TellingTerm): boolean =>
  word.startsWith(stem) && word.length <= longest;

/** A person code of either country: eleven digits that are no telephone number. */
const personCode = /(?<![+\d])(?:\d{6}-\d{5}|\d{11})(?!\d)/;

/**
 * The first word of a text that tells, as it was typed; null: none does. Letters of another alphabet that look the same,
 * gaps between letters and what nobody sees hide nothing. A person code tells, too (promise 9).
 * @param harmlessTexts what letters say anyway, as the addresses of the branches: words of theirs are never refused
 */
export function tellingWordIn(
  text: string,
  terms: readonly TellingTerm[],
  harmlessTexts: readonly string[] = [],
): string | null {
  const code = personCode.exec(text)?.[0];
  if (code !== undefined) return code;
  const said = new Set(harmlessTexts.flatMap((each) => wordsOf(folded(each))));
  const tells = (plain: string): boolean => !begins(plain, everyday) && terms.some((term) => isTold(plain, term));
  const telling = wordsAsRead(text).find(
    // What its first part tells is told by that part alone, or is said anyway.
    ({ plain, first }) => !said.has(plain) && tells(plain) && (first === undefined || !tells(first)),
  );
  return telling?.typed ?? null;
}
