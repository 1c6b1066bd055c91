/**
 * Specialties that a practitioner's card may name, and in whose official list each stands.
 *
 * LV: the basic, sub- and additional specialties of doctors and dentists in the Cabinet of Ministers' rules No. 268 of
 * 24 March 2009 (https://likumi.lv/doc.php?id=190610) and No. 207 of 29 March 2005, annex 1
 * (https://likumi.lv/doc.php?id=104820), and the other professions of the register of medical persons, rules No. 317 of
 * 24 May 2016, section 4 (https://likumi.lv/doc.php?id=282367).
 *
 * EE: the specialties of doctors and dentists in the minister's regulation No. 57 of 11 September 2000, §§ 3 to 6
 * (https://www.riigiteataja.ee/akt/83366), those added to it since, and the other professions of the register of health
 * care workers (Health Services Organisation Act § 3).
 *
 * One row a line: id | lists | name in lv | et | en | ru | what people type instead, in lv | et | en | ru.
 */
const table = `
addiction-medicine|LV|Narkologs|Sõltuvushäirete ravi|Addiction medicine|Нарколог|atkarības ārsts, alkohols|sõltuvusravi, alkoholism|addiction doctor, alcohol|зависимость, алкоголизм
allergology|LV EE|Alergologs|Allergoloogia ja immunoloogia|Allergology and immunology|Аллерголог|alerģija, imunologs|allergoloog, immunoloog, allergia|allergist, allergy tests|аллергия, иммунолог
anaesthesiology|LV EE|Anesteziologs (sāpju ārstēšana)|Anestesioloogia (valuravi)|Anaesthesiology (pain clinic)|Анестезиолог (лечение боли)|sāpju ārsts, hroniskas sāpes|valuarst, krooniline valu|pain doctor, chronic pain|врач по лечению боли
art-therapy|LV|Mākslas terapeits|Loovteraapia|Art therapy|Арт-терапевт|mākslas terapija|loovterapeut|art therapist|арт-терапия
cardiac-surgery|LV EE|Sirds ķirurgs|Südamekirurgia|Cardiac surgery|Кардиохирург|kardioķirurgs|südamekirurg, kardiokirurg|heart surgeon|операция на сердце
cardiology|LV EE|Kardiologs|Kardioloogia|Cardiology|Кардиолог|sirds ārsts, kardioloģe|südamearst, kardioloog|heart doctor, cardiologist|сердечный врач, кардиология
child-psychiatry|LV EE|Bērnu psihiatrs|Laste- ja noorukite psühhiaatria|Child psychiatry|Детский психиатр|bērnu un pusaudžu psihiatrs|lastepsühhiaater, noorukid|child and adolescent psychiatrist|детский и подростковый психиатр
clinical-psychology|LV EE|Klīniskais psihologs|Kliiniline psühholoogia|Clinical psychology|Клинический психолог|psihologs, psihoterapija|psühholoog, psühhoteraapia|psychologist, psychotherapy, counselling|психолог, психотерапия
dental-hygiene|LV EE|Zobu higiēnists|Suuhügieen|Dental hygiene|Зубной гигиенист|higiēniste, zobakmens, zobu tīrīšana|suuhügienist, hambakivi|hygienist, scale and polish|чистка зубов, зубной камень
dentistry|LV EE|Zobārsts|Hambaravi|Dentistry|Стоматолог|zobārste, zobu ārstēšana, stomatologs|hambaarst, stomatoloog|dentist, tooth|зубной врач, зубы
dermatovenerology|LV EE|Dermatologs, venerologs|Dermatoveneroloogia|Dermatology and venereology|Дерматолог, венеролог|ādas ārsts, dermatoloģe, dzimumzīmes|nahaarst, dermatoloog, sünnimärgid|skin doctor, dermatologist, moles|кожный врач, родинки
dietetics|LV EE|Uztura speciālists|Toitumisnõustamine|Dietetics|Специалист по питанию|dietologs, svara mazināšana|toitumisnõustaja, dieet|dietitian, nutrition|диетолог, питание
emergency-medicine|LV EE|Neatliekamās medicīnas ārsts|Erakorraline meditsiin|Emergency medicine|Врач неотложной медицины|neatliekamā palīdzība, uzņemšanas nodaļa|EMO arst, vältimatu abi|emergency doctor, urgent care|неотложная помощь
endocrinology|LV EE|Endokrinologs|Endokrinoloogia|Endocrinology|Эндокринолог|vairogdziedzeris, cukura diabēts|endokrinoloog, diabeediarst, kilpnääre|endocrinologist, diabetes, thyroid|диабет, щитовидная железа
endodontics|LV|Endodontists|Endodontia|Endodontics|Эндодонтист|sakņu kanālu ārstēšana|endodontist, juureravi|root canal|лечение корневых каналов
family-medicine|LV EE|Ģimenes (vispārējās prakses) ārsts|Peremeditsiin|Family medicine|Семейный врач|ģimenes ārste, terapeits|perearst, pereõde|general practitioner, GP|терапевт, семейная медицина
gastroenterology|LV EE|Gastroenterologs|Gastroenteroloogia|Gastroenterology|Гастроэнтеролог|kuņģa un zarnu ārsts, gastroskopija|gastroenteroloog, kõhuarst|gastroenterologist, stomach doctor|желудок, кишечник
general-surgery|LV EE|Ķirurgs|Üldkirurgia|General surgery|Хирург|ķirurģija, brūces, trūce|kirurg, haavad, song|surgeon, wounds, hernia|хирургия, раны, грыжа
geriatrics|LV|Geriatrs|Geriaatria|Geriatrics|Гериатр|vecāka gadagājuma cilvēku ārsts|geriaater, eakate arst|geriatrician, older people|врач для пожилых
gynaecology|LV EE|Ginekologs, dzemdību speciālists|Sünnitusabi ja günekoloogia|Obstetrics and gynaecology|Гинеколог, акушер|ginekoloģe, sieviešu ārsts|naistearst, günekoloog|gynaecologist, women’s doctor|женский врач, акушер-гинеколог
haematology|LV EE|Hematologs|Hematoloogia|Haematology|Гематолог|asins slimības, mazasinība|hematoloog, verehaigused, aneemia|haematologist, anaemia, blood disease|болезни крови, анемия
hand-surgery|LV|Rokas ķirurgs|Käekirurgia|Hand surgery|Хирург кисти|plaukstas ķirurgs|käekirurg|hand surgeon|операции на кисти
hepatology|LV|Hepatologs|Hepatoloogia|Hepatology|Гепатолог|aknu ārsts, hepatīts|hepatoloog, maksaarst|liver doctor|печень
immunology|LV|Imunologs|Kliiniline immunoloogia|Clinical immunology|Иммунолог|imunitāte|immunoloog, immuunsus|immunologist, immunity|иммунитет
infectology|LV EE|Infektologs|Infektsioonhaigused|Infectious diseases|Инфектолог|infekcijas slimības, ērču encefalīts|infektsionist, puukborrelioos|infectious disease doctor, tick-borne disease|инфекционист, клещевой энцефалит
internal-medicine|LV EE|Internists|Sisehaigused|Internal medicine|Интернист|internā medicīna, terapeits|sisearst, internist|internist, physician|терапевт, внутренние болезни
interventional-cardiology|LV|Invazīvais kardiologs|Invasiivkardioloogia|Interventional cardiology|Интервенционный кардиолог|koronārā angiogrāfija, stents|invasiivkardioloog, stent|coronary angiography, stent|стентирование
interventional-radiology|LV|Invazīvais radiologs|Sekkumisradioloogia|Interventional radiology|Интервенционный радиолог|angiogrāfija|sekkumisradioloog|angiography|ангиография
laboratory-medicine|LV EE|Laboratorijas ārsts|Laborimeditsiin|Laboratory medicine|Врач лабораторной медицины|analīzes, laboratorija|laboriarst, analüüsid|lab tests|анализы, лаборатория
maxillofacial-surgery|LV EE|Mutes, sejas un žokļu ķirurgs|Näo- ja lõualuukirurgia|Oral and maxillofacial surgery|Челюстно-лицевой хирург|zobu izraušana, implanti|suukirurg, implantaadid, tarkusehammas|oral surgeon, implants, wisdom tooth|удаление зубов, имплантаты
medical-genetics|LV EE|Medicīnas ģenētiķis|Meditsiinigeneetika|Medical genetics|Медицинский генетик|ģenētika, iedzimtas slimības|geneetik, pärilikud haigused|geneticist, inherited disease|генетика, наследственные болезни
medical-oncology|LV|Onkologs ķīmijterapeits|Keemiaravi|Medical oncology|Онколог-химиотерапевт|ķīmijterapija|keemiaraviarst|chemotherapy|химиотерапия
midwifery|LV EE|Vecmāte|Ämmaemandus|Midwifery|Акушерка|grūtniecības aprūpe, dzemdības|ämmaemand, rasedus|midwife, pregnancy|беременность, роды
neonatology|LV|Neonatologs|Neonatoloogia|Neonatology|Неонатолог|jaundzimušo ārsts|neonatoloog, vastsündinute arst|newborn doctor|врач новорождённых
nephrology|LV EE|Nefrologs|Nefroloogia|Nephrology|Нефролог|nieru ārsts|neeruarst, nefroloog|kidney doctor, nephrologist|почки
neurology|LV EE|Neirologs|Neuroloogia|Neurology|Невролог|nervu ārsts, galvassāpes, neiroloģe|neuroloog, närviarst, peavalu|neurologist, headache, nerves|нервы, головная боль, невропатолог
neurosurgery|LV EE|Neiroķirurgs|Neurokirurgia|Neurosurgery|Нейрохирург|mugurkauls, diska trūce|neurokirurg, selgroog, diski song|neurosurgeon, spine, slipped disc|позвоночник, грыжа диска
nuclear-medicine|LV|Nukleārās medicīnas ārsts|Nukleaarmeditsiin|Nuclear medicine|Врач ядерной медицины|scintigrāfija|nukleaarmeditsiini arst, stsintigraafia|scintigraphy|сцинтиграфия
nursing|LV EE|Vispārējās aprūpes māsa|Õendus|Nursing|Медсестра|medmāsa, procedūru kabinets, asins analīzes|õde, protseduurid, vereanalüüs|nurse, blood test, injections|процедурный кабинет, анализ крови
occupational-medicine|LV EE|Arodveselības un arodslimību ārsts|Töötervishoid|Occupational medicine|Врач по профессиональным болезням|obligātā veselības pārbaude, OVP|töötervishoiuarst, tervisetõend|occupational health check|медицинская комиссия, ОВП
occupational-therapy|LV EE|Ergoterapeits|Tegevusteraapia|Occupational therapy|Эрготерапевт|ergoterapija|tegevusterapeut|occupational therapist|эрготерапия
oncology|LV EE|Onkologs|Onkoloogia|Oncology|Онколог|onkoloģe, ļaundabīgs audzējs, vēzis|onkoloog, vähiravi, kasvajad|oncologist, cancer|рак, опухоли
ophthalmology|LV EE|Oftalmologs (acu ārsts)|Oftalmoloogia|Ophthalmology|Офтальмолог|acu ārste, okulists, redze, brilles|silmaarst, oftalmoloog, prillid|eye doctor, ophthalmologist, glasses|глазной врач, окулист, очки
optometry|LV EE|Optometrists|Optomeetria|Optometry|Оптометрист|redzes pārbaude, brilles, lēcas|optometrist, prillid, läätsed|optometrist, glasses, lenses|проверка зрения, очки, линзы
orthodontics|LV EE|Ortodonts|Ortodontia|Orthodontics|Ортодонт|breketes, sakodiens|ortodont, breketid, hambumus|orthodontist, braces, bite|брекеты, прикус
orthopaedics|LV EE|Traumatologs, ortopēds|Ortopeedia|Trauma and orthopaedics|Травматолог, ортопед|traumatoloģija, locītavas, lūzumi|ortopeed, traumatoloog, luumurrud|orthopaedic surgeon, joints, fractures|суставы, переломы
otorhinolaryngology|LV EE|Otolaringologs (LOR)|Otorinolarüngoloogia|Ear, nose and throat|Отоларинголог (ЛОР)|LOR, ausu, kakla un deguna ārsts|kõrva-nina-kurguarst, LOR|ENT doctor, ear nose throat|ЛОР, ухо горло нос
paediatric-allergology|LV|Bērnu alergologs|Lasteallergoloogia|Paediatric allergology|Детский аллерголог|alerģija bērniem|lasteallergoloog|child allergy|аллергия у детей
paediatric-cardiology|LV|Bērnu kardiologs|Lastekardioloogia|Paediatric cardiology|Детский кардиолог|bērnu sirds ārsts|lastekardioloog|child heart doctor|детский сердечный врач
paediatric-dentistry|LV|Bērnu zobārsts|Lastehambaravi|Paediatric dentistry|Детский стоматолог|bērnu zobi|lastehambaarst|children’s dentist|детский зубной врач
paediatric-endocrinology|LV|Bērnu endokrinologs|Lasteendokrinoloogia|Paediatric endocrinology|Детский эндокринолог|bērnu diabēts|lasteendokrinoloog|child diabetes|детский диабет
paediatric-gastroenterology|LV|Bērnu gastroenterologs|Lastegastroenteroloogia|Paediatric gastroenterology|Детский гастроэнтеролог|bērnu vēdera ārsts|lastegastroenteroloog|child stomach doctor|живот у ребёнка
paediatric-haemato-oncology|LV|Bērnu hematoonkologs|Lastehematoloogia ja -onkoloogia|Paediatric haematology and oncology|Детский гематолог-онколог|bērnu asins slimības, audzēji bērniem|lastehematoloog, lasteonkoloog|child cancer, child blood disease|детский онколог
paediatric-infectology|LV|Bērnu infektologs|Laste infektsioonhaigused|Paediatric infectious diseases|Детский инфектолог|infekcijas bērniem|laste nakkushaigused|child infections|детские инфекции
paediatric-nephrology|LV|Bērnu nefrologs|Lastenefroloogia|Paediatric nephrology|Детский нефролог|bērnu nieru ārsts|lastenefroloog|child kidney doctor|почки у детей
paediatric-neurology|LV|Bērnu neirologs|Lasteneuroloogia|Paediatric neurology|Детский невролог|bērnu nervu ārsts|lasteneuroloog|child neurologist|детский невропатолог
paediatric-pulmonology|LV|Bērnu pneimonologs|Lastepulmonoloogia|Paediatric pulmonology|Детский пульмонолог|bērnu plaušu ārsts|lastepulmonoloog|child lung doctor|детский лёгочный врач
paediatric-rheumatology|LV|Bērnu reimatologs|Lastereumatoloogia|Paediatric rheumatology|Детский ревматолог|bērnu locītavas|lastereumatoloog|child joints|суставы у детей
paediatric-surgery|LV EE|Bērnu ķirurgs|Lastekirurgia|Paediatric surgery|Детский хирург|bērnu ķirurģija|lastekirurg|children’s surgeon|хирургия детей
paediatrics|LV EE|Pediatrs|Pediaatria|Paediatrics|Педиатр|bērnu ārsts, pediatre|lastearst, pediaater|children’s doctor, paediatrician|детский врач, педиатрия
pain-medicine|LV|Algologs|Valuravi|Pain medicine|Алголог|sāpju ārstēšana, sāpju klīnika|valuraviarst|pain doctor|лечение боли
palliative-medicine|LV|Paliatīvās aprūpes speciālists|Palliatiivravi|Palliative medicine|Врач паллиативной помощи|paliatīvā aprūpe|palliatiivravi arst|palliative care|паллиативная помощь
pathology|LV EE|Patologs|Patoloogia|Pathology|Патолог|histoloģija, biopsija|patoloog, biopsia|histology, biopsy|гистология, биопсия
periodontics|LV|Periodontologs|Parodontoloogia|Periodontics|Пародонтолог|smaganu ārsts|parodontoloog, igemed|gum doctor|дёсны
physiotherapy|LV EE|Fizioterapeits|Füsioteraapia|Physiotherapy|Физиотерапевт|fizioterapija, muguras vingrojumi|füsioterapeut, seljaharjutused|physiotherapist, back exercises|лечебная физкультура, ЛФК
plastic-surgery|LV EE|Plastikas ķirurgs|Plastika- ja rekonstruktiivkirurgia|Plastic surgery|Пластический хирург|rekonstruktīvā ķirurģija, rētas|ilukirurg, plastikakirurg, armid|reconstructive surgeon, scars|реконструктивная хирургия, шрамы
podiatry|LV|Podologs|Podoloogia|Podiatry|Подолог|pēdu aprūpe, nagi|podoloog, jalaravi|foot care, nails|уход за стопой, ногти
prosthodontics|LV|Zobu protēzists|Hambaproteesimine|Prosthodontics|Стоматолог-ортопед|zobu protēzes, kroņi|hambaproteesid, kroonid|crowns, dentures|протезы, коронки
psychiatry|LV EE|Psihiatrs|Psühhiaatria|Psychiatry|Психиатр|psihiatre, depresija, trauksme|psühhiaater, depressioon, ärevus|psychiatrist, depression, anxiety|депрессия, тревога
psychotherapy|LV|Psihoterapeits|Psühhoteraapia|Psychotherapy|Психотерапевт|psihoterapija, sarunu terapija|psühhoterapeut|psychotherapist, talking therapy|психотерапия
pulmonology|LV EE|Pneimonologs|Pulmonoloogia|Pulmonology|Пульмонолог|plaušu ārsts, pulmonologs|kopsuarst, pulmonoloog|lung doctor, respiratory medicine|лёгочный врач, пневмонолог
radiation-oncology|LV|Radiologs terapeits|Kiiritusravi|Radiation oncology|Лучевой терапевт|staru terapija|kiiritusraviarst|radiotherapy|лучевая терапия
radiology|LV EE|Radiologs diagnosts|Radioloogia|Radiology|Радиолог|ultrasonogrāfija, USG, rentgens|radioloog, ultraheli, röntgen|radiologist, ultrasound, X-ray|УЗИ, рентген
rehabilitation|LV EE|Fizikālās un rehabilitācijas medicīnas ārsts|Taastusravi ja füsiaatria|Physical and rehabilitation medicine|Врач-реабилитолог|rehabilitologs, rehabilitācija|taastusarst, füsiaater|rehabilitation doctor|реабилитация, физиотерапия
rheumatology|LV EE|Reimatologs|Reumatoloogia|Rheumatology|Ревматолог|locītavu ārsts, artrīts|reumatoloog, liigesearst|rheumatologist, joints, arthritis|суставы, артрит
speech-therapy|LV EE|Audiologopēds|Logopeedia|Speech and language therapy|Логопед|logopēds, runas traucējumi|logopeed, kõneravi|speech therapist|речь, аудиологопед
sports-medicine|LV EE|Sporta ārsts|Spordimeditsiin|Sports medicine|Спортивный врач|sporta medicīna, slodzes tests|spordiarst, koormustest|sports doctor, exercise test|спортивная медицина, нагрузочный тест
surgical-oncology|LV|Onkologs ķirurgs|Onkokirurgia|Surgical oncology|Онкохирург|audzēju ķirurgs|onkokirurg|cancer surgeon|удаление опухолей
thoracic-surgery|LV EE|Torakālais ķirurgs|Torakaalkirurgia|Thoracic surgery|Торакальный хирург|krūškurvja ķirurgs|torakaalkirurg, rindkere|chest surgeon|грудная хирургия
toxicology|LV|Toksikologs|Toksikoloogia|Toxicology|Токсиколог|saindēšanās|toksikoloog, mürgistus|poisoning|отравление
transfusion-medicine|LV|Transfuziologs|Transfusioonimeditsiin|Transfusion medicine|Трансфузиолог|asins pārliešana|vereülekanne|blood transfusion|переливание крови
urology|LV EE|Urologs|Uroloogia|Urology|Уролог|uroloģe, prostata, nierakmeņi|uroloog, eesnääre, neerukivid|urologist, prostate, kidney stones|простата, камни в почках
vascular-surgery|LV EE|Asinsvadu ķirurgs|Veresoontekirurgia|Vascular surgery|Сосудистый хирург|flebologs, vēnas, varikoze|veresoontekirurg, veenilaiendid|vein doctor, varicose veins|флеболог, вены, варикоз
`;

export interface OfficialSpecialty {
  id: string;
  countries: string[];
  name: Record<string, string>;
  synonyms: Record<string, string>;
}

const words = ([lv = '', et = '', en = '', ru = '']: readonly string[]): Record<string, string> => ({ lv, et, en, ru });

export const officialSpecialties: readonly OfficialSpecialty[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [id = '', countries = '', ...texts] = line.split('|');
    return { id, countries: countries.split(' '), name: words(texts.slice(0, 4)), synonyms: words(texts.slice(4)) };
  });
