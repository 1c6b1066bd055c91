import type { QuestionKind } from '#libs/profiles';
import { type AllWords, words } from '../words.js';

export interface QuestionData {
  readonly kind: QuestionKind;
  readonly words: AllWords;
  readonly required: boolean;
  readonly options?: readonly { readonly id: string; readonly words: AllWords }[];
  /** Answers that end the booking with the advice. */
  readonly stops?: readonly string[];
  readonly stopAbove?: number;
  readonly advice?: AllWords;
}

const pregnancy: QuestionData = {
  kind: 'yes-no',
  words: words(
    'Vai Jums ir grūtniecība, vai tā ir iespējama?',
    'Kas olete rase või võite olla rase?',
    'Are you pregnant, or could you be?',
    'Вы беременны или допускаете беременность?',
  ),
  required: true,
  stops: ['yes'],
  advice: words(
    'Grūtniecības laikā rentgena izmeklējumus veic tikai tad, ja citādi nevar. Lūdzu, zvaniet ārstam, kurš Jūs nosūtīja: varbūt der ultrasonogrāfija.',
    'Raseduse ajal tehakse röntgenuuring ainult siis, kui teisiti ei saa. Palun helistage saatekirja andnud arstile: võib-olla sobib ultraheliuuring.',
    'During pregnancy an X-ray is taken only when nothing else will do. Please call the doctor who referred you: an ultrasound may do instead.',
    'Во время беременности рентген делают, только если иначе нельзя. Позвоните врачу, который дал направление: возможно, подойдёт УЗИ.',
  ),
};

const reactionToVaccine: QuestionData = {
  kind: 'yes-no',
  words: words(
    'Vai pēc kādas vakcīnas Jums ir bijusi smaga alerģiska reakcija?',
    'Kas teil on pärast mõnd vaktsiini olnud raske allergiline reaktsioon?',
    'Have you ever had a severe allergic reaction after a vaccine?',
    'Была ли у Вас когда-нибудь тяжёлая аллергическая реакция на вакцину?',
  ),
  required: true,
  stops: ['yes'],
  advice: words(
    'Lūdzu, vispirms pārrunājiet to ar savu ģimenes ārstu: viņš pateiks, kura vakcīna Jums ir droša un kur vakcinēties uzraudzībā.',
    'Palun rääkige kõigepealt oma perearstiga: tema ütleb, milline vaktsiin on teile ohutu ja kus saab lasta end järelevalve all vaktsineerida.',
    'Please talk to your family doctor first, who will tell you which vaccine is safe for you and where you can have it under observation.',
    'Сначала поговорите со своим семейным врачом: он скажет, какая вакцина для Вас безопасна и где привиться под наблюдением.',
  ),
};

const thinners: QuestionData = {
  kind: 'yes-no',
  words: words(
    'Vai lietojat asinis šķidrinošas zāles?',
    'Kas tarvitate verevedeldajaid?',
    'Do you take blood thinners?',
    'Принимаете ли Вы препараты, разжижающие кровь?',
  ),
  required: true,
};

/** What clinics ask before a visit, by the code of the service. */
export const questions: Readonly<Record<string, readonly QuestionData[]>> = {
  'chest-x-ray': [pregnancy],
  mammography: [pregnancy],
  'bone-density': [
    pregnancy,
    {
      kind: 'number',
      words: words('Jūsu svars (kg)', 'Teie kehakaal (kg)', 'Your weight (kg)', 'Ваш вес (кг)'),
      required: true,
      stopAbove: 160,
      advice: words(
        'Mūsu iekārta ir paredzēta svaram līdz 160 kg. Lūdzu, zvaniet mums: pateiksim, kur šo izmeklējumu var veikt.',
        'Meie seade on ette nähtud kehakaalule kuni 160 kg. Palun helistage meile: ütleme, kus saab uuringu teha.',
        'Our scanner carries up to 160 kg. Please call us and we will tell you where the examination can be done.',
        'Наш аппарат рассчитан на вес до 160 кг. Позвоните нам: мы скажем, где можно пройти обследование.',
      ),
    },
  ],
  vaccination: [
    reactionToVaccine,
    {
      kind: 'choice',
      words: words(
        'Pret ko vēlaties vakcinēties?',
        'Mille vastu soovite end vaktsineerida?',
        'Which vaccine do you need?',
        'От чего хотите привиться?',
      ),
      required: true,
      options: [
        { id: 'flu', words: words('Gripu', 'Gripi vastu', 'Influenza', 'От гриппа') },
        {
          id: 'encephalitis',
          words: words(
            'Ērču encefalītu',
            'Puukentsefaliidi vastu',
            'Tick-borne encephalitis',
            'От клещевого энцефалита',
          ),
        },
        {
          id: 'tetanus',
          words: words(
            'Difteriju un stingumkrampjiem',
            'Difteeria ja teetanuse vastu',
            'Diphtheria and tetanus',
            'От дифтерии и столбняка',
          ),
        },
        {
          id: 'other',
          words: words(
            'Citu, vai vēl nezinu',
            'Muu või ei tea veel',
            'Another, or I do not know yet',
            'От другого, или пока не знаю',
          ),
        },
      ],
    },
  ],
  'flu-vaccination': [reactionToVaccine],
  'flu-vaccination-paid': [reactionToVaccine],
  gastroscopy: [thinners],
  colonoscopy: [
    thinners,
    {
      kind: 'short-text',
      words: words(
        'Kādas zāles lietojat pastāvīgi?',
        'Milliseid ravimeid tarvitate pidevalt?',
        'Which medicines do you take regularly?',
        'Какие лекарства Вы принимаете постоянно?',
      ),
      required: false,
    },
  ],
  'exercise-test': [
    {
      kind: 'yes-no',
      words: words(
        'Vai pēdējā mēneša laikā Jums ir bijis miokarda infarkts?',
        'Kas teil on viimase kuu jooksul olnud südameinfarkt?',
        'Have you had a heart attack in the last month?',
        'Был ли у Вас инфаркт в течение последнего месяца?',
      ),
      required: true,
      stops: ['yes'],
      advice: words(
        'Tik drīz pēc infarkta slodzes testu neveic. Lūdzu, zvaniet savam kardiologam. Ja sāp krūtīs, zvaniet 113.',
        'Nii kiiresti pärast infarkti koormustesti ei tehta. Palun helistage oma kardioloogile. Kui rinnus on valu, helistage 112.',
        'An exercise test is not done so soon after a heart attack. Please call your cardiologist. With chest pain, call 112.',
        'Так скоро после инфаркта нагрузочный тест не проводят. Позвоните своему кардиологу. При боли в груди звоните 112.',
      ),
    },
  ],
  'salt-room': [
    {
      kind: 'yes-no',
      words: words(
        'Vai Jums ir tuberkuloze, drudzis vai nekontrolēts augsts asinsspiediens?',
        'Kas teil on tuberkuloos, palavik või kontrolli alt väljas kõrgvererõhk?',
        'Do you have tuberculosis, a fever or uncontrolled high blood pressure?',
        'Есть ли у Вас туберкулёз, жар или высокое давление, которое не удаётся снизить?',
      ),
      required: true,
      stops: ['yes'],
      advice: words(
        'Tad sāls istaba var kaitēt. Lūdzu, vispirms apmeklējiet ģimenes ārstu.',
        'Sel juhul võib soolakamber tervist kahjustada. Palun pöörduge kõigepealt perearsti poole.',
        'The salt room may then do harm. Please see your family doctor first.',
        'В этом случае соляная комната может навредить. Сначала обратитесь к семейному врачу.',
      ),
    },
  ],
};
