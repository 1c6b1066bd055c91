import { list, words } from '../words.js';

/** Words that the names of clinics made in bulk begin with (genitives) and end on. */
export const latvianClinicWords = list(`
  Vārpu Madaru Rasas Saulgriežu Dzintara Liepu Bērzu Kļavu Ošu Vītolu Pīlādžu Ievu Ceriņu Jasmīnu Rudzupuķu Margrietiņu
  Magoņu Vizbulīšu Maijpuķīšu Pīpeņu Āboliņa Dzeguzes Cielavas Bezdelīgas Stārķa Gulbju Kaiju Lakstīgalu Viršu Brūkleņu
  Melleņu Dzērveņu Smilgu Niedru Meldru Kalmju Salmiņu Rieta Ausmas Blāzmas Varavīksnes Dūmakas Straumes Avotu Strautu
`);
export const latvianClinicKinds = list('klīnika veselības_centrs medicīnas_centrs poliklīnika ārstu_prakse');

export const estonianClinicWords = list(`
  Vahtra Pärna Kase Kuuse Tamme Sireli Jasmiini Sinilille Karikakra Rukkilille Ülase Meelespea Kullerkupu Kanarbiku
  Pohla Jõhvika Mustika Muraka Vaarika Maasika Pääsukese Kuldnoka Ööbiku Kajaka Luige Toonekure Kurekella Võilille
  Angervaksa Kuslapuu Toominga Remmelga Haava Lepa Paju Männi Koidu Eha Vikerkaare Allika Oja Lätte Udu Päikese Tähe
`);
export const estonianClinicKinds = list('Kliinik Tervisekeskus Arstikeskus Erakliinik Polikliinik');

export const aboutAnyClinic = words(
  'Ģimenes ārsti, speciālisti un izmeklējumi vienuviet. Vizītes ir gan valsts apmaksātas, gan par maksu.',
  'Perearstid, eriarstid ja uuringud ühes kohas. Vastuvõtud on nii riigi rahastatud kui ka tasulised.',
  'Family doctors, specialists and examinations in one place. Visits are state-paid or self-paid.',
  'Семейные врачи, специалисты и обследования в одном месте. Приём за счёт государства и платно.',
);

/** What a practitioner's profile says after the focus of the specialty. `{year}` is the first year of practice. */
export const practisingSince = words(
  'Profesijā kopš {year}. gada.',
  'Erialal töötanud alates {year}. aastast.',
  'In practice since {year}.',
  'В профессии с {year} года.',
);

export const approaches = [
  words(
    'Izskaidro ārstēšanas plānu saprotamos vārdos un atstāj laiku jautājumiem.',
    'Selgitab raviplaani arusaadavalt ja jätab küsimusteks aega.',
    'Explains the plan in plain words and leaves time for questions.',
    'Объясняет план лечения понятными словами и оставляет время на вопросы.',
  ),
  words(
    'Regulāri papildina zināšanas kursos un konferencēs Baltijā un Skandināvijā.',
    'Täiendab end regulaarselt kursustel ja konverentsidel Baltikumis ja Skandinaavias.',
    'Keeps up to date at courses and conferences in the Baltics and Scandinavia.',
    'Регулярно повышает квалификацию на курсах и конференциях в странах Балтии и Скандинавии.',
  ),
  words(
    'Labprāt pieņem gados vecākus cilvēkus un viņu piederīgos.',
    'Võtab hea meelega vastu eakaid ja nende saatjaid.',
    'Welcomes elderly people and those who come with them.',
    'Охотно принимает пожилых людей и тех, кто приходит с ними.',
  ),
  words(
    'Ja nepieciešams, sadarbojas ar ģimenes ārstu un citiem speciālistiem.',
    'Teeb vajaduse korral koostööd perearsti ja teiste spetsialistidega.',
    'Works together with the family doctor and other specialists when needed.',
    'При необходимости сотрудничает с семейным врачом и другими специалистами.',
  ),
  words(
    'Apmāca rezidentus un studentus; ar pacienta piekrišanu viņi var piedalīties vizītē.',
    'Juhendab residente ja üliõpilasi; patsiendi nõusolekul võivad nad vastuvõtul osaleda.',
    'Teaches residents and students, who may join a visit if the patient agrees.',
    'Обучает резидентов и студентов; с согласия пациента они могут присутствовать на приёме.',
  ),
  words(
    'Vērtē profilaksi: uzklausa, izmeklē un tikai tad iesaka ārstēšanu.',
    'Peab tähtsaks ennetust: kuulab, uurib ja alles siis soovitab ravi.',
    'Believes in prevention: listens, examines and only then recommends treatment.',
    'Ценит профилактику: выслушивает, обследует и лишь затем рекомендует лечение.',
  ),
] as const;
