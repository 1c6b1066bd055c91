import { describe, expect, it } from '@jest/globals';
import { tellingTerms, tellingWordIn } from './telling-words.js';
import { mixedWordIn } from './words-as-read.js';

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

const everyClinic = tellingTerms([
  'Kardiologa konsultācija',
  'Ultrasonogrāfija vēdera dobumam',
  'Ginekologa apskate',
  'Psihiatra konsultācija',
  'Nahaarsti vastuvõtt',
  'Hambaravi',
  'Silmaarsti vastuvõtt',
  'Uroloogi visiit',
  'Cardiology',
  'Skin check',
  'Eye examination',
  'Консультация кардиолога',
  'УЗИ брюшной полости',
  'Приём гинеколога',
  'Лечение зубов',
  'Bērziņa',
  'Tamm',
  'Иванова',
]);

/** As clinics write to their patients: ten sentences in each language. */
const ordinary = `
Labdien! Gaidīsim Jūs norunātajā laikā.
Lūdzu, ierodieties 15 minūtes agrāk un piesakieties reģistratūrā 1. stāvā.
Ieeja no pagalma puses, zvaniet pie durvīm ar kodu 24B.
Ja nevarat ierasties, dodiet mums ziņu vismaz dienu iepriekš pa tālr. +371 67 123 456.
Līdzi ņemiet pasi vai eID karti, nosūtījumu un iepriekšējo izmeklējumu slēdzienus.
Autostāvvieta ir P. Brieža ielā, pirmā stunda bez maksas.
Neēdiet un nedzeriet 6 h pirms vizītes; ūdeni drīkst dzert.
Pēc vizītes 30 min. nevadiet automašīnu.
Wi-Fi parole ir pie administratores; kafijas automāts – gaitenī.
Ar cieņu, Jūsu klīnikas kolektīvs
Tere! Ootame teid kokkulepitud ajal.
Palun tulge 10 minutit varem ja registreerige end vastuvõtulauas.
Sissepääs on hoovi poolt, vajutage fonolukul nuppu 24B.
Kui te ei saa tulla, andke sellest teada vähemalt päev varem.
Võtke kaasa ID-kaart, saatekiri ja varasemate uuringute vastused.
Maja ees on tasuta parkimine kuni 2 tundi (P-kell aknale).
Ärge sööge 6 h enne vastuvõttu; vett võib juua.
Pärast visiiti ei tohi 30 min autot juhtida.
Lift on trepikoja lõpus, kabinet 214 jääb vasakule.
Lugupidamisega, teie kliinik
Good morning! We look forward to seeing you at the agreed time.
Please arrive 15 minutes early and check in at reception on the 1st floor.
The entrance is from the courtyard; ring the bell, code 24B.
If you can't come, let us know at least a day ahead: +371 67 123 456.
Bring your passport or e-ID card, the referral and earlier results (PDF is fine).
Parking is free for the first hour, e.g. in P. Brieža Street.
Do not eat for 6 h before the visit; you may drink water.
Someone should drive you home: you may feel drowsy for 30 min.
The lift is at the end of the hall; room 214 is on the left.
Kind regards, your clinic
Здравствуйте! Ждём Вас в назначенное время.
Пожалуйста, приходите на 15 минут раньше и подойдите в регистратуру на 1-м этаже.
Вход со двора, позвоните в дверь, код 24Б.
Если Вы не сможете прийти, сообщите нам хотя бы за день: +371 67 123 456.
Возьмите с собой паспорт или eID-карту, направление и прежние результаты.
Парковка на ул. П. Бриежа, первый час бесплатно; Wi-Fi-пароль у администратора.
Не ешьте 6 ч до приёма; воду пить можно.
После визита 30 мин. не садитесь за руль.
Лифт в конце коридора, а к кабинету 214 — налево.
С уважением, Ваша клиника
`
  .trim()
  .split('\n');

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
    ['In letters of another alphabet: \u043Enk\u043El\u043Egs', '\u043Enk\u043El\u043Egs'],
    ['In Greek ones: \u03BFnk\u03BFl\u03BFg\u012Bja', '\u03BFnk\u03BFl\u03BFg\u012Bja'],
    ['Наоборот: oнкoлoг', 'oнкoлoг'],
    ['With a letter that has no width: onko\u3164loģija', 'onkoloģija'],
    ['In rings: ⓞⓝⓚⓞⓛⓞⓖⓢ', 'onkologs'],
    ['Pie o n k o l o g a otrajā stāvā', 'o n k o l o g a'],
    ['К О.Н.К.О.Л.О.Г.У на втором этаже', 'К О.Н.К.О.Л.О.Г.У'],
    ['Uz onko-loģijas centru', 'onko-loģijas'],
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

  it('are found in a word that is wholly another alphabet’s', () => {
    expect(tellingWordIn('Приём: кор', tellingTerms(['Kop']))).toBe('кор');
    expect(tellingWordIn('Pak', tellingTerms(['Рак']))).toBe('Pak');
  });

  it.each(ordinary)('are in nothing that clinics ordinarily write: %s', (text) => {
    expect([tellingWordIn(text, oncology), tellingWordIn(text, everyClinic), mixedWordIn(text)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('are not hidden by two alphabets in one word, which is seen whatever it says', () => {
    expect(mixedWordIn('Gaidīsim J\u016Bs kl\u012Bnik\u0430')).toBe('kl\u012Bnik\u0430');
    expect(mixedWordIn('Приём 5 μg, 3 kΩ, 24B и Wi-Fi-сеть, USB-кабель, COVID-тест')).toBeNull();
  });

  it('are not the words of an address that the letter says anyway', () => {
    const doctors = tellingTerms(['Liepa']);
    expect(tellingWordIn('Ieeja no Liepu ielas', doctors)).toBe('Liepu');
    expect(tellingWordIn('Ieeja no Liepu ielas', doctors, ['Liepu iela 3, Rīga'])).toBeNull();
    expect(tellingWordIn('Stūris: Liepu/Bērzu iela', doctors, ['Liepu iela 3, Rīga'])).toBeNull();
  });
});
