import { words } from '../words.js';

/** What a patient does before the visit; several services share one text. */
export const preparations = {
  documents: words(
    'Paņemiet līdzi personu apliecinošu dokumentu, izrakstus un lietoto zāļu sarakstu.',
    'Võtke kaasa isikut tõendav dokument, varasemad väljavõtted ja kasutatavate ravimite nimekiri.',
    'Please bring an identity document, earlier records and a list of the medicines you take.',
    'Возьмите с собой документ, удостоверяющий личность, выписки и список принимаемых лекарств.',
  ),
  results: words(
    'Paņemiet līdzi izmeklējumu un analīžu rezultātus, kas saņemti kopš iepriekšējās vizītes.',
    'Võtke kaasa pärast eelmist vastuvõttu saadud uuringute ja analüüside tulemused.',
    'Please bring the results of tests done since your last visit.',
    'Возьмите результаты обследований и анализов, полученные после прошлого приёма.',
  ),
  online: words(
    'Saiti uz videozvanu atradīsiet savā pierakstā. Pieslēdzieties piecas minūtes iepriekš klusā vietā ar labu internetu.',
    'Videokõne lingi leiate oma broneeringust. Ühenduge viis minutit varem; valige vaikne ja hea internetiühendusega koht.',
    'You will find the video link in your appointment. Please join five minutes early from a quiet place with a good connection.',
    'Ссылку на видеозвонок Вы найдёте в своей записи. Подключитесь за пять минут до начала в тихом месте с хорошим интернетом.',
  ),
  fasting: words(
    'Ierodieties tukšā dūšā: neēdiet vismaz 8 stundas. Ūdeni bez gāzes drīkst dzert.',
    'Tulge tühja kõhuga: ärge sööge vähemalt 8 tundi. Gaseerimata vett võib juua.',
    'Come with an empty stomach: do not eat for at least 8 hours. Still water is allowed.',
    'Приходите натощак: не ешьте не менее 8 часов. Негазированную воду пить можно.',
  ),
  fullBladder: words(
    'Stundu pirms izmeklējuma izdzeriet aptuveni litru ūdens un neapmeklējiet tualeti.',
    'Jooge tund enne uuringut umbes liiter vett ja ärge käige tualetis.',
    'Drink about one litre of water an hour before the examination and do not empty your bladder.',
    'За час до исследования выпейте около литра воды и не посещайте туалет.',
  ),
  heart: words(
    'Divas stundas pirms izmeklējuma nesmēķējiet un nedzeriet kafiju. Uzvelciet divdaļīgu apģērbu.',
    'Ärge suitsetage ega jooge kohvi kaks tundi enne uuringut. Kandke kaheosalist riietust.',
    'Do not smoke or drink coffee for two hours before. Wear separate top and bottom.',
    'За два часа до исследования не курите и не пейте кофе. Наденьте раздельную одежду.',
  ),
  exercise: words(
    'Paņemiet līdzi sporta apavus, ērtu apģērbu un dvieli. Pēdējo reizi paēdiet divas stundas iepriekš.',
    'Võtke kaasa spordijalatsid, mugavad riided ja rätik. Sööge viimati kaks tundi varem.',
    'Bring sports shoes, comfortable clothes and a towel. Have your last meal two hours before.',
    'Возьмите спортивную обувь, удобную одежду и полотенце. Последний раз поешьте за два часа.',
  ),
  eyes: words(
    'Acīs var iepilināt pilienus, kas dažas stundas miglo redzi, tāpēc nebrauciet pie auto stūres. Paņemiet līdzi brilles; kontaktlēcas izņemiet dienu iepriekš.',
    'Silma võidakse panna tilku, mis mõneks tunniks nägemist hägustavad, seega ärge tulge ise autoga sõites. Võtke prillid kaasa; kontaktläätsed eemaldage päev varem.',
    'Drops may blur your sight for a few hours, so please do not drive. Bring your glasses; take contact lenses out the day before.',
    'Капли могут на несколько часов затуманить зрение, поэтому не приезжайте за рулём. Возьмите очки; контактные линзы снимите за день до приёма.',
  ),
  gastroscopy: words(
    'Neēdiet 8 stundas un nedzeriet 4 stundas pirms izmeklējuma. Pasakiet, ja lietojat asins šķidrinātājus. Pēc nomierinošām zālēm nebrauciet pie stūres.',
    'Ärge sööge 8 ega jooge 4 tundi enne uuringut. Öelge, kui võtate verevedeldajaid. Pärast rahusteid ärge juhtige autot.',
    'Do not eat for 8 hours or drink for 4 hours before. Tell us if you take blood thinners. Do not drive after sedation.',
    'Не ешьте 8 часов и не пейте 4 часа до исследования. Сообщите, если принимаете препараты, разжижающие кровь. После седации не садитесь за руль.',
  ),
  colonoscopy: words(
    'Trīs dienas ievērojiet diētu bez šķiedrvielām un izdzeriet zarnu tīrīšanas šķīdumu, kā norādīts lapā, ko saņemsiet no reģistratūras.',
    'Järgige kolm päeva kiudainevaest dieeti ja jooge soolepuhastuslahust registratuurist saadud juhise järgi.',
    'Keep a low-fibre diet for three days and drink the bowel-cleansing solution as described in the leaflet from the reception.',
    'Три дня соблюдайте диету без клетчатки и выпейте раствор для очистки кишечника по памятке из регистратуры.',
  ),
  lungs: words(
    'Sešas stundas pirms izmeklējuma nelietojiet īslaicīgas darbības inhalatoru, bet stundu pirms tā nesmēķējiet.',
    'Ärge kasutage lühitoimelist inhalaatorit kuus tundi ega suitsetage üks tund enne uuringut.',
    'Do not use a short-acting inhaler for six hours or smoke for one hour before.',
    'За шесть часов до исследования не пользуйтесь ингалятором короткого действия, за час до него не курите.',
  ),
  allergy: words(
    'Piecas dienas pirms testiem nelietojiet pretalerģijas zāles, ja ārsts nav noteicis citādi.',
    'Ärge võtke allergiaravimeid viis päeva enne teste, kui arst ei ole teisiti öelnud.',
    'Do not take antihistamines for five days before the tests unless your doctor said otherwise.',
    'За пять дней до проб не принимайте противоаллергические препараты, если врач не сказал иначе.',
  ),
  skin: words(
    'Atnāciet bez kosmētikas un nagu lakas. Pierakstiet veidojumus, kas mainījušies.',
    'Tulge ilma meigi ja küünelakita. Märkige üles muutunud sünnimärgid.',
    'Come without make-up or nail polish. Note any marks that have changed.',
    'Приходите без косметики и лака для ногтей. Отметьте образования, которые изменились.',
  ),
  teeth: words(
    'Pirms vizītes iztīriet zobus un paēdiet. Pastāstiet par alerģijām, grūtniecību un lietotajām zālēm.',
    'Peske enne vastuvõttu hambad ja sööge kõht täis. Rääkige allergiatest, rasedusest ja ravimitest.',
    'Brush your teeth and eat before the visit. Tell us about allergies, pregnancy and medicines.',
    'Перед приёмом почистите зубы и поешьте. Сообщите об аллергиях, беременности и лекарствах.',
  ),
  women: words(
    'Izmeklējumu plānojiet ārpus menstruācijām. Atcerieties pēdējo menstruāciju pirmo dienu.',
    'Planeerige uuring menstruatsioonivälisele ajale. Jätke meelde viimase menstruatsiooni esimene päev.',
    'Plan the examination outside your period. Remember the first day of your last one.',
    'Планируйте исследование вне менструации. Запомните первый день последней менструации.',
  ),
  vaccination: words(
    'Nāciet, ja jūtaties labi un nav drudža. Paņemiet līdzi potēšanas pasi. Pēc potes palieciet uz vietas 15 minūtes.',
    'Tulge tervena, palavikuta. Võtke kaasa vaktsineerimispass. Pärast süsti jääge 15 minutiks kohale.',
    'Come healthy, without fever. Bring your vaccination record. Stay on the premises for 15 minutes afterwards.',
    'Приходите здоровыми, без температуры. Возьмите прививочный паспорт. После прививки побудьте на месте 15 минут.',
  ),
  movement: words(
    'Uzvelciet ērtu apģērbu, kurā var brīvi kustēties. Paņemiet līdzi ārsta nosūtījumu un izmeklējumu attēlus, ja tādi ir.',
    'Kandke mugavaid riideid, milles saab vabalt liikuda. Võtke kaasa arsti saatekiri ja uuringupildid, kui need on olemas.',
    'Wear comfortable clothes you can move in. Bring the doctor’s referral and any images if you have them.',
    'Наденьте удобную одежду, не стесняющую движений. Возьмите направление врача и снимки, если они есть.',
  ),
  work: words(
    'Paņemiet līdzi darba devēja izsniegto karti, brilles un personu apliecinošu dokumentu.',
    'Võtke kaasa tööandja saatekiri, prillid ja isikut tõendav dokument.',
    'Bring the card issued by your employer, your glasses and an identity document.',
    'Возьмите карту, выданную работодателем, очки и документ, удостоверяющий личность.',
  ),
  child: words(
    'Paņemiet līdzi bērna veselības pasi, rotaļlietu un maiņas drēbes. Ar bērnu ierodas viens no vecākiem vai aizbildnis.',
    'Võtke kaasa lapse tervisepass, mänguasi ja vahetusriided. Lapsega tuleb vanem või eestkostja.',
    'Bring the child’s health record, a toy and a change of clothes. A parent or guardian comes with the child.',
    'Возьмите медицинскую карту ребёнка, игрушку и сменную одежду. С ребёнком приходит родитель или опекун.',
  ),
  saltRoom: words(
    'Ierodieties desmit minūtes iepriekš ērtā apģērbā un zeķēs. Pusstundu pirms un pēc seansa neēdiet.',
    'Tulge kümme minutit varem, mugavates riietes ja sokkides. Pool tundi enne ja pärast seanssi ärge sööge.',
    'Come ten minutes early in comfortable clothes and socks. Do not eat for half an hour before and after the session.',
    'Приходите за десять минут в удобной одежде и носках. За полчаса до и после сеанса не ешьте.',
  ),
  xRay: words(
    'Pirms izmeklējuma noņemiet rotaslietas un citus metāla priekšmetus. Paņemiet līdzi iepriekšējos uzņēmumus.',
    'Võtke enne uuringut ära ehted ja muud metallesemed. Võtke kaasa varasemad ülesvõtted.',
    'Take off jewellery and other metal before the examination. Please bring earlier X-ray pictures.',
    'Перед обследованием снимите украшения и другие металлические предметы. Возьмите прежние снимки.',
  ),
} as const;

export type Preparation = keyof typeof preparations;
