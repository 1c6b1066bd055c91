import { describe, expect, it } from '@jest/globals';
import { tellingTerms, tellingWordIn } from './telling-words.js';

const oncology = tellingTerms([
  'Onkologa konsultācija',
  'Onkoloogi vastuvõtt',
  'Oncologist’s consultation',
  'Консультация онколога',
  'Kārkliņa',
  'Acu pārbaude',
  'Zobu higiēna',
  'USG',
  'Ģimenes ārsts',
  'Perearst',
]);

describe('words that tell', () => {
  it.each([
    ['Gaidīsim Jūs Onkoloģijas klīnikā', 'Onkoloģijas'],
    ['ONKOLOGIJAS KLINIKA', 'ONKOLOGIJAS'],
    ['Ootame teid onkoloogiakeskuses', 'onkoloogiakeskuses'],
    ['See you at the oncology ward', 'oncology'],
    ['Ждём Вас в онкологическом центре', 'онкологическом'],
    ['Daktere Kārkliņa Jūs gaidīs', 'Kārkliņa'],
    ['Pie dakteres Karkliņas', 'Karkliņas'],
    ['Pirms acu apskates nelietojiet lēcas', 'acu'],
    ['Neēdiet pirms zobiem', 'zobiem'],
    ['Uz USG ierodieties laikus', 'USG'],
    ['Copied with its soft hyphen: onko\u00ADloģijā', 'onkoloģijā'],
    ['Parted by nothing: onko\u200Bloģijā', 'onkoloģijā'],
    ['In another width: ｏｎｋｏｌｏｇｉｊａ', 'ｏｎｋｏｌｏｇｉｊａ'],
    ['Kods 120390-12345', '120390-12345'],
    ['Isikukood 49001010001', '49001010001'],
  ])('are found in any ending and any language: %s', (text, word) => {
    expect(tellingWordIn(text, oncology)).toBe(word);
  });

  it.each([
    'Labdien! Gaidīsim Jūs uz konsultāciju pie ārsta.',
    'Tere! Palun tulge vastuvõtule 10 minutit varem.',
    'Please come ten minutes before your consultation; the doctor will call you in.',
    'Здравствуйте! Ждём Вас на консультации врача.',
    'Ieeja no Brīvības ielas 214, 2. stāvs. Zvaniet +37167123456.',
    'Zāles paņemiet līdzi; acīm redzamā vietā ir lifts',
    'Sild üle jõe, siis paremale',
    'Jūs pieņems ģimenes ārste vai ārsta palīgs; perearst helistab',
  ])('are not what every clinic says: %s', (text) => {
    expect(tellingWordIn(text, oncology)).toBeNull();
  });

  it.each([
    ['Uz redzēšanos! Priecāsimies Jūs redzēt.', 'Redzes pārbaude'],
    ['You can cancel until noon', 'Cancer screening'],
    ['Второй этаж, кабинет 214; больше ничего не нужно', 'Кабинет боли'],
    ['Näeme varsti! Valige välja sobiv aeg.', 'Nägemise kontroll, valu, näha'],
  ])('are not what everybody says, though it begins like a name: %s', (text, name) => {
    expect(tellingWordIn(text, tellingTerms([name]))).toBeNull();
  });

  it('are still found beside what everybody says', () => {
    expect(tellingWordIn('Redzes pārbaude: uz redzēšanos!', tellingTerms(['Redzes pārbaude']))).toBe('Redzes');
  });

  it('are not the words of an address that the letter says anyway', () => {
    const doctors = tellingTerms(['Liepa']);
    expect(tellingWordIn('Ieeja no Liepu ielas', doctors)).toBe('Liepu');
    expect(tellingWordIn('Ieeja no Liepu ielas', doctors, ['Liepu iela 3, Rīga'])).toBeNull();
  });
});
