import { words } from '../words.js';
import type { ClinicData } from './clinics.js';
import { teeth } from './teeth.js';

export const latvianClinics: readonly ClinicData[] = [
  {
    slug: 'ozolkalna-klinika',
    country: 'LV',
    name: 'Ozolkalna klīnika',
    registrationNumber: '40203990017',
    about: words(
      'Ozolkalna klīnika ir daudznozaru veselības centrs Rīgā un Jelgavā. Šeit vienuviet strādā ģimenes ārsti, speciālisti un izmeklējumu kabineti, tāpēc lielāko daļu jautājumu var atrisināt vienā dienā.',
      'Ozolkalna klīnika on mitme eriala tervisekeskus Riias ja Jelgavas. Perearstid, eriarstid ja uuringukabinetid on ühes kohas, nii et enamiku muredest saab lahendada ühe päevaga.',
      'Ozolkalna klīnika is a multi-specialty health centre in Rīga and Jelgava. Family doctors, specialists and examination rooms work side by side, so most questions can be settled in one day.',
      'Ozolkalna klīnika — многопрофильный центр здоровья в Риге и Елгаве. Семейные врачи, специалисты и кабинеты обследований работают рядом, поэтому большинство вопросов решается за один день.',
    ),
    branches: [
      {
        slug: 'brivibas',
        name: 'Brīvības ielas filiāle',
        city: 'riga',
        address: 'Brīvības iela 214',
        postalCode: 'LV-1039',
      },
      {
        slug: 'barona',
        name: 'Barona ielas filiāle',
        city: 'riga',
        address: 'Krišjāņa Barona iela 88',
        postalCode: 'LV-1001',
      },
      { slug: 'jelgava', name: 'Jelgavas filiāle', city: 'jelgava', address: 'Driksas iela 9', postalCode: 'LV-3001' },
    ],
  },
  {
    slug: 'daugavas-krasta-veselibas-centrs',
    country: 'LV',
    name: 'Daugavas krasta veselības centrs',
    registrationNumber: '40203990028',
    about: words(
      'Veselības centrs netālu no Daugavas; vizītes ir gan valsts apmaksātas, gan par maksu. Īpaša uzmanība pievērsta sirds, locītavu un acu veselībai, kā arī ērtai piekļuvei cilvēkiem ratiņkrēslā.',
      'Tervisekeskus Daugava lähedal, kus vastuvõtud on nii riigi rahastatud kui ka tasulised. Erilist tähelepanu pööratakse südame, liigeste ja silmade tervisele ning ligipääsule ratastooliga.',
      'A health centre near the Daugava with both state-paid and self-paid visits, with a focus on the heart, the joints and the eyes, and with easy access for wheelchair users.',
      'Центр здоровья недалеко от Даугавы принимает пациентов и за счёт государства, и платно. Особое внимание — здоровью сердца, суставов и глаз, а также удобному доступу для людей на инвалидных колясках.',
    ),
    branches: [
      {
        slug: 'kalnciema',
        name: 'Pārdaugavas filiāle',
        city: 'riga',
        address: 'Kalnciema iela 37',
        postalCode: 'LV-1046',
      },
      {
        slug: 'maskavas',
        name: 'Maskavas ielas filiāle',
        city: 'riga',
        address: 'Maskavas iela 256',
        postalCode: 'LV-1063',
      },
    ],
  },
  {
    slug: 'latgales-balta-klinika',
    country: 'LV',
    name: 'Latgales Baltā klīnika',
    registrationNumber: '41503990031',
    about: words(
      'Klīnika Daugavpilī, kur pacientus uzklausa latviski, krieviski un latgaliski. Pieņem ģimenes ārsti un vairāk nekā desmit nozaru speciālisti, darbojas ultrasonogrāfijas kabinets un procedūru kabinets.',
      'Kliinik Daugavpilsis, kus patsiente kuulatakse läti, vene ja latgali keeles. Vastu võtavad perearstid ja enam kui kümne eriala arstid, töötavad ultraheli- ja protseduurikabinet.',
      'A clinic in Daugavpils where patients are heard in Latvian, Russian and Latgalian. Family doctors and specialists of more than ten fields, with ultrasound and a treatment room.',
      'Клиника в Даугавпилсе, где пациентов выслушают по-латышски, по-русски и по-латгальски. Семейные врачи и специалисты более десяти направлений, кабинет УЗИ и процедурный кабинет.',
    ),
    branches: [
      { slug: 'rigas', name: 'Centra filiāle', city: 'daugavpils', address: 'Rīgas iela 54', postalCode: 'LV-5401' },
      {
        slug: 'viestura',
        name: 'Viestura ielas filiāle',
        city: 'daugavpils',
        address: 'Viestura iela 18',
        postalCode: 'LV-5401',
      },
    ],
  },
  {
    slug: 'liedaga-medicinas-centrs',
    country: 'LV',
    name: 'Liedaga medicīnas centrs',
    registrationNumber: '42103990044',
    about: words(
      'Medicīnas centrs Liepājas sirdī, dažu minūšu gājienā no tramvaja pieturas. Rīta stundas ir atvēlētas asins analīzēm un izmeklējumiem, pēcpusdienas – ārstu pieņemšanai.',
      'Meditsiinikeskus Liepāja südames, mõne minuti jalutuskäigu kaugusel trammipeatusest. Hommikud on vereproovide ja uuringute, pärastlõunad arstide vastuvõttude jaoks.',
      'A medical centre in the heart of Liepāja, a few minutes on foot from the tram. Mornings are for blood tests and examinations, afternoons for visits to doctors.',
      'Медицинский центр в сердце Лиепаи, в нескольких минутах ходьбы от трамвая. Утро отведено анализам и обследованиям, вторая половина дня — приёму врачей.',
    ),
    branches: [
      { slug: 'liela', name: 'Lielās ielas filiāle', city: 'liepaja', address: 'Lielā iela 12', postalCode: 'LV-3401' },
      {
        slug: 'klaipedas',
        name: 'Ezerkrasta filiāle',
        city: 'liepaja',
        address: 'Klaipēdas iela 96',
        postalCode: 'LV-3416',
      },
    ],
  },
  {
    slug: 'zemgales-gimenes-arstu-centrs',
    country: 'LV',
    name: 'Zemgales ģimenes ārstu centrs',
    registrationNumber: '43603990056',
    about: words(
      'Četru paaudžu ģimenes ārstu prakse Jelgavā. Akūti saslimušos pieņem tajā pašā dienā, bērnu apskatēm un potēm ir atsevišķas stundas.',
      'Nelja põlvkonna perearstipraksis Jelgavas. Ägedalt haigestunud võetakse vastu samal päeval, laste läbivaatusteks ja vaktsineerimiseks on eraldi tunnid.',
      'A family practice of four generations in Jelgava. The acutely ill are seen the same day, and children’s checks and vaccinations have hours of their own.',
      'Семейная практика четырёх поколений в Елгаве. Остро заболевших принимают в тот же день, для осмотров детей и прививок выделены отдельные часы.',
    ),
    specialties: [
      'family-medicine',
      'paediatrics',
      'nursing',
      'midwifery',
      'gynaecology',
      'internal-medicine',
      'cardiology',
      'ophthalmology',
      'neurology',
      'physiotherapy',
      'clinical-psychology',
      'dietetics',
    ],
    branches: [
      {
        slug: 'katolu',
        name: 'Katoļu ielas prakse',
        city: 'jelgava',
        address: 'Katoļu iela 18',
        postalCode: 'LV-3001',
      },
    ],
  },
  {
    slug: 'gaujas-senlejas-poliklinika',
    country: 'LV',
    name: 'Gaujas senlejas poliklīnika',
    registrationNumber: '44103990068',
    about: words(
      'Poliklīnika Valmierā, kas apkalpo visu Ziemeļvidzemi. Speciālisti no Rīgas pieņem noteiktās nedēļas dienās, bet rehabilitācija un fizioterapija pieejama katru dienu.',
      'Polikliinik Valmieras, mis teenindab kogu Põhja-Vidzemet. Riia eriarstid võtavad vastu kindlatel nädalapäevadel, taastusravi ja füsioteraapia on kättesaadavad iga päev.',
      'A polyclinic in Valmiera that serves the north of Vidzeme. Specialists from Rīga come on fixed weekdays; rehabilitation and physiotherapy are there every day.',
      'Поликлиника в Валмиере обслуживает весь север Видземе. Специалисты из Риги принимают по определённым дням, реабилитация и физиотерапия доступны ежедневно.',
    ),
    branches: [
      { slug: 'rigas', name: 'Centra filiāle', city: 'valmiera', address: 'Rīgas iela 31', postalCode: 'LV-4201' },
      { slug: 'cesu', name: 'Cēsu ielas filiāle', city: 'valmiera', address: 'Cēsu iela 22', postalCode: 'LV-4201' },
    ],
  },
  {
    slug: 'smaidu-kvartals',
    country: 'LV',
    name: 'Smaidu kvartāls',
    registrationNumber: '40203990079',
    about: words(
      'Zobārstniecība Rīgas klusajā centrā bērniem un pieaugušajiem. Ārstēšanas plānu un izmaksas izrunājam pirms darba sākšanas, akūtu sāpju gadījumā laiku atrodam tajā pašā dienā.',
      'Hambaravi Riia vaikses kesklinnas lastele ja täiskasvanutele. Raviplaani ja maksumuse arutame läbi enne töö algust, ägeda valu korral leiame aja samal päeval.',
      'Dental care for children and adults in the quiet centre of Rīga. The plan and its cost are agreed before work begins, and acute pain is seen the same day.',
      'Стоматология для детей и взрослых в тихом центре Риги. План лечения и стоимость обсуждаем до начала работы, при острой боли находим время в тот же день.',
    ),
    specialties: teeth,
    nameTellsTrouble: true,
    branches: [
      { slug: 'stabu', name: 'Stabu ielas kabinets', city: 'riga', address: 'Stabu iela 41', postalCode: 'LV-1011' },
    ],
  },
];
