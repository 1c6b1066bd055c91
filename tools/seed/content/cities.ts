import type { Country } from '#libs/holidays';

export interface City {
  readonly code: string;
  readonly name: string;
  readonly country: Country;
  readonly zone: 'Europe/Riga' | 'Europe/Tallinn';
  /** Weight of the city when practitioners are spread. */
  readonly weight: number;
  /** Of a hundred people, how many have a name of Russian origin. */
  readonly russianNames: number;
  /** First digits of local landline numbers; the rest are filled from a small range. */
  readonly dialling: string;
  readonly postalCode: string;
  /** The nearest provider that is open round the clock; the number is the national emergency one. */
  readonly emergency: { readonly name: string; readonly address: string; readonly phone: string };
  /** Existing streets, for clinics that are made up in bulk. */
  readonly streets: readonly string[];
}

const latvian = { country: 'LV', zone: 'Europe/Riga' } as const;
const estonian = { country: 'EE', zone: 'Europe/Tallinn' } as const;

export const cities: readonly City[] = [
  {
    ...latvian,
    code: 'riga',
    name: 'Rīga',
    weight: 30,
    russianNames: 35,
    dialling: '6700',
    postalCode: 'LV-1010',
    emergency: {
      name: 'Rīgas Austrumu klīniskā universitātes slimnīca „Gaiļezers”',
      address: 'Hipokrāta iela 2, Rīga, LV-1038',
      phone: '113',
    },
    streets: [
      'Brīvības iela',
      'Krišjāņa Barona iela',
      'Krišjāņa Valdemāra iela',
      'Stabu iela',
      'Bruņinieku iela',
      'Maskavas iela',
      'Kalnciema iela',
      'Slokas iela',
      'Dzelzavas iela',
      'Ieriķu iela',
    ],
  },
  {
    ...latvian,
    code: 'daugavpils',
    name: 'Daugavpils',
    weight: 7,
    russianNames: 65,
    dialling: '6540',
    postalCode: 'LV-5401',
    emergency: {
      name: 'Daugavpils reģionālā slimnīca',
      address: 'Vasarnīcu iela 20, Daugavpils, LV-5417',
      phone: '113',
    },
    streets: ['Rīgas iela', 'Saules iela', 'Viestura iela', '18. novembra iela', 'Cietokšņa iela'],
  },
  {
    ...latvian,
    code: 'liepaja',
    name: 'Liepāja',
    weight: 7,
    russianNames: 25,
    dialling: '6340',
    postalCode: 'LV-3401',
    emergency: {
      name: 'Liepājas reģionālā slimnīca',
      address: 'Slimnīcas iela 25, Liepāja, LV-3414',
      phone: '113',
    },
    streets: ['Lielā iela', 'Graudu iela', 'Kūrmājas prospekts', 'Rīgas iela', 'Klaipēdas iela'],
  },
  {
    ...latvian,
    code: 'jelgava',
    name: 'Jelgava',
    weight: 6,
    russianNames: 25,
    dialling: '6300',
    postalCode: 'LV-3001',
    emergency: {
      name: 'Jelgavas pilsētas slimnīca',
      address: 'Brīvības bulvāris 6, Jelgava, LV-3002',
      phone: '113',
    },
    streets: ['Lielā iela', 'Katoļu iela', 'Pasta iela', 'Driksas iela', 'Dobeles iela'],
  },
  {
    ...latvian,
    code: 'valmiera',
    name: 'Valmiera',
    weight: 5,
    russianNames: 8,
    dialling: '6420',
    postalCode: 'LV-4201',
    emergency: {
      name: 'Vidzemes slimnīca',
      address: 'Jumaras iela 195, Valmiera, LV-4201',
      phone: '113',
    },
    streets: ['Rīgas iela', 'Diakonāta iela', 'Cēsu iela', 'Lāčplēša iela', 'Beātes iela'],
  },
  {
    ...estonian,
    code: 'tallinn',
    name: 'Tallinn',
    weight: 24,
    russianNames: 35,
    dialling: '680',
    postalCode: '10119',
    emergency: {
      name: 'Põhja-Eesti Regionaalhaigla',
      address: 'J. Sütiste tee 19, 13419 Tallinn',
      phone: '112',
    },
    streets: [
      'Pärnu mnt',
      'Narva mnt',
      'Sõpruse pst',
      'Endla tn',
      'Liivalaia tn',
      'Gonsiori tn',
      'Ravi tn',
      'Paldiski mnt',
      'Tammsaare tee',
    ],
  },
  {
    ...estonian,
    code: 'tartu',
    name: 'Tartu',
    weight: 10,
    russianNames: 15,
    dialling: '730',
    postalCode: '51004',
    emergency: {
      name: 'Tartu Ülikooli Kliinikum',
      address: 'L. Puusepa 8, 50406 Tartu',
      phone: '112',
    },
    streets: ['Riia tn', 'Turu tn', 'Võru tn', 'Narva mnt', 'Vanemuise tn'],
  },
  {
    ...estonian,
    code: 'parnu',
    name: 'Pärnu',
    weight: 5,
    russianNames: 12,
    dialling: '440',
    postalCode: '80010',
    emergency: { name: 'Pärnu Haigla', address: 'Ristiku 1, 80010 Pärnu', phone: '112' },
    streets: ['Rüütli tn', 'Ringi tn', 'Tallinna mnt', 'Suur-Sepa tn', 'Papiniidu tn'],
  },
  {
    ...estonian,
    code: 'kuressaare',
    name: 'Kuressaare',
    weight: 3,
    russianNames: 3,
    dialling: '450',
    postalCode: '93813',
    emergency: { name: 'Kuressaare Haigla', address: 'Aia 25, 93815 Kuressaare', phone: '112' },
    streets: ['Tallinna tn', 'Kauba tn', 'Lossi tn', 'Pikk tn', 'Aia tn'],
  },
  {
    ...estonian,
    code: 'narva',
    name: 'Narva',
    weight: 4,
    russianNames: 90,
    dialling: '350',
    postalCode: '20308',
    emergency: { name: 'Narva Haigla', address: 'Haigla 1, 20104 Narva', phone: '112' },
    streets: ['Tallinna mnt', 'Kerese tn', 'Kangelaste pst', 'Energia tn', 'Rahu tn'],
  },
];

export type CityCode = (typeof cities)[number]['code'];
