import { words } from '../words.js';
import type { ClinicData } from './clinics.js';
import { teeth } from './teeth.js';

export const estonianClinics: readonly ClinicData[] = [
  {
    slug: 'lahe-tervisekliinik',
    country: 'EE',
    name: 'Lahe Tervisekliinik',
    registrationNumber: '19990011',
    about: words(
      'Lahe Tervisekliinik apvieno vairāk nekā trīsdesmit speciālistu divās Tallinas filiālēs. Vizītes apmaksā Tervisekassa (Igaunijas veselības kase) vai pats pacients; vakaros pieņem līdz plkst. 19.',
      'Lahe Tervisekliinik ühendab üle kolmekümne eriarsti kahes Tallinna tegevuskohas. Vastu võetakse nii Tervisekassa lepingu alusel kui ka tasuliselt, õhtuti kuni kella 19-ni.',
      'Lahe Tervisekliinik brings more than thirty specialists together at two places in Tallinn. Visits are paid by the Health Insurance Fund (Tervisekassa) or by the patient; open in the evenings until 19:00.',
      'Lahe Tervisekliinik объединяет более тридцати специалистов в двух филиалах Таллина. Приём за счёт Tervisekassa (Кассы здоровья) и платно, вечером до 19 часов.',
    ),
    branches: [
      {
        slug: 'parnu-maantee',
        name: 'Kesklinna tegevuskoht',
        city: 'tallinn',
        address: 'Pärnu mnt 67',
        postalCode: '10135',
      },
      {
        slug: 'sopruse',
        name: 'Mustamäe tegevuskoht',
        city: 'tallinn',
        address: 'Sõpruse pst 201',
        postalCode: '13417',
      },
    ],
  },
  {
    slug: 'pihlaka-erakliinik',
    country: 'EE',
    name: 'Pihlaka Erakliinik',
    registrationNumber: '19990028',
    about: words(
      'Neliela privātklīnika Kadriorgā ar pusstundu ilgām vizītēm un vienu ārstu no sākuma līdz galam. Analīžu rezultātus nosūta nākamajā darba dienā.',
      'Väike erakliinik Kadriorus, kus vastuvõtt kestab pool tundi ja sama arst tegeleb teiega algusest lõpuni. Analüüside tulemused saadame järgmisel tööpäeval.',
      'A small private clinic in Kadriorg with half-hour visits and the same doctor from beginning to end. Test results are sent on the next working day.',
      'Небольшая частная клиника в Кадриорге: приём длится полчаса, и один врач ведёт Вас от начала до конца. Результаты анализов отправляем на следующий рабочий день.',
    ),
    branches: [
      {
        slug: 'narva-maantee',
        name: 'Kadrioru tegevuskoht',
        city: 'tallinn',
        address: 'Narva mnt 63',
        postalCode: '10152',
      },
    ],
  },
  {
    slug: 'emajoe-arstikeskus',
    country: 'EE',
    name: 'Emajõe Arstikeskus',
    registrationNumber: '19990034',
    about: words(
      'Ārstu centrs Tartu, kur kopā strādā ģimenes ārsti, speciālisti un universitātes pasniedzēji. Daudzas konsultācijas pieejamas arī attālināti.',
      'Arstikeskus Tartus, kus töötavad koos perearstid, eriarstid ja ülikooli õppejõud. Paljud konsultatsioonid on võimalikud ka kaugvastuvõtuna.',
      'A doctors’ centre in Tartu where family doctors, specialists and university teachers work together. Many consultations are also offered remotely.',
      'Врачебный центр в Тарту, где вместе работают семейные врачи, специалисты и преподаватели университета. Многие консультации доступны и удалённо.',
    ),
    branches: [
      { slug: 'riia', name: 'Riia tänava tegevuskoht', city: 'tartu', address: 'Riia tn 24', postalCode: '51010' },
      { slug: 'turu', name: 'Turu tänava tegevuskoht', city: 'tartu', address: 'Turu tn 47', postalCode: '50106' },
    ],
  },
  {
    slug: 'valge-tamme-hambaravi',
    country: 'EE',
    name: 'Valge Tamme Hambaravi',
    registrationNumber: '19990040',
    about: words(
      'Zobārstniecība Tallinā un Tartu. Bērniem līdz 19 gadu vecumam zobus ārstē bez maksas: izdevumus sedz Tervisekassa (Igaunijas veselības kase).',
      'Hambaravi Tallinnas ja Tartus. Alla 19-aastaste laste hambaid ravime Tervisekassa lepingu alusel tasuta.',
      'Dental care in Tallinn and Tartu. The teeth of children under 19 are treated free of charge under a contract with the Health Insurance Fund (Tervisekassa).',
      'Стоматология в Таллине и Тарту. Детям до 19 лет лечим зубы бесплатно по договору с Tervisekassa (Кассой здоровья).',
    ),
    specialties: teeth,
    nameTellsTrouble: true,
    branches: [
      { slug: 'tallinn', name: 'Endla kabinet', city: 'tallinn', address: 'Endla tn 31', postalCode: '10122' },
      { slug: 'tartu', name: 'Vanemuise kabinet', city: 'tartu', address: 'Vanemuise tn 52', postalCode: '51003' },
    ],
  },
  {
    slug: 'rannaniidu-kliinik',
    country: 'EE',
    name: 'Rannaniidu Kliinik',
    registrationNumber: '19990057',
    about: words(
      'Klīnika Pērnavas centrā ar rehabilitācijas nodaļu piecu minūšu gājienā no pludmales. Pieņem arī vasaras viesus, kas šeit nav reģistrēti.',
      'Kliinik Pärnu kesklinnas, taastusraviosakond viie minuti kaugusel rannast. Suvekülalisi võetakse vastu ka siis, kui nad ei ole siinses nimistus.',
      'A clinic in the centre of Pärnu with a rehabilitation department five minutes from the beach. Summer guests are welcome without registering first.',
      'Клиника в центре Пярну с отделением реабилитации в пяти минутах от пляжа. Летних гостей принимают без предварительной регистрации.',
    ),
    branches: [
      { slug: 'ringi', name: 'Ringi tänava tegevuskoht', city: 'parnu', address: 'Ringi tn 18', postalCode: '80010' },
    ],
  },
  {
    slug: 'kadaka-saarekliinik',
    country: 'EE',
    name: 'Kadaka Saarekliinik',
    registrationNumber: '19990063',
    about: words(
      'Klīnika Sāremā salā, kur var satikt gan ģimenes ārstu, gan speciālistu no kontinenta. Vizītes plānotas pēc prāmja saraksta.',
      'Kliinik Saaremaal, kus saab kokku nii perearsti kui ka mandrilt tuleva eriarstiga. Vastuvõtud on sätitud praami sõiduplaani järgi.',
      'The island clinic where you meet both your family doctor and specialists from the mainland. Visits are planned around the ferry.',
      'Островная клиника, где можно попасть и к семейному врачу, и к специалисту с материка. Приёмы подстроены под расписание парома.',
    ),
    branches: [
      {
        slug: 'tallinna',
        name: 'Kuressaare tegevuskoht',
        city: 'kuressaare',
        address: 'Tallinna tn 26',
        postalCode: '93811',
      },
    ],
  },
  {
    slug: 'narova-tervisekeskus',
    country: 'EE',
    name: 'Narova Tervisekeskus',
    registrationNumber: '19990073',
    about: words(
      'Veselības centrs Narvā, kurā runā igauniski un krieviski. Ģimenes ārsti, procedūru kabinets un speciālistu pieņemšana vienā ēkā.',
      'Tervisekeskus Narvas, kus räägitakse eesti ja vene keelt. Perearstid, protseduurikabinet ja eriarstide vastuvõtt on ühes majas.',
      'A health centre in Narva where Estonian and Russian are spoken. Family doctors, a treatment room and specialists under one roof.',
      'Центр здоровья в Нарве, где говорят по-эстонски и по-русски. Семейные врачи, процедурный кабинет и приём специалистов в одном здании.',
    ),
    branches: [
      {
        slug: 'tallinna-maantee',
        name: 'Kesklinna tegevuskoht',
        city: 'narva',
        address: 'Tallinna mnt 19',
        postalCode: '20304',
      },
      {
        slug: 'kangelaste',
        name: 'Kangelaste tegevuskoht',
        city: 'narva',
        address: 'Kangelaste pst 34',
        postalCode: '20607',
      },
    ],
  },
];
