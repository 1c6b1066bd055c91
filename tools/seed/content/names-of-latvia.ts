import { list } from '../words.js';

/** Latvian names; surnames as masculine/feminine, which Latvian always tells apart. */
export const latvianMen = list(`
  Andris Jānis Mārtiņš Juris Kristaps Edgars Toms Rihards Ēriks Guntis Aivars Ilmārs Valdis Normunds Uldis Raivis
  Arnis Kaspars Gatis Oskars Artūrs Māris Pēteris Imants Kārlis Roberts Ģirts Jēkabs Dāvis Reinis Krišjānis Aigars
  Ainārs Sandis Viesturs Zigmārs Gints Henriks Ivars Mareks Nauris Ojārs Renārs Sigvards Tālivaldis Verners
`);

export const latvianWomen = list(`
  Ilze Anna Inese Kristīne Līga Baiba Zane Evita Sanita Daiga Gunta Ieva Laura Madara Agnese Sintija Dace Aija Rasma
  Vija Elīna Marta Paula Signe Lāsma Maija Ginta Rūta Velga Ārija Evija Inga Jolanta Liene Mairita Nora Odrija
  Renāte Sandra Terēze Undīne Vineta Zaiga Ērika Vizma
`);

export const latvianSurnames = list(`
  Bērziņš/Bērziņa Kalniņš/Kalniņa Ozoliņš/Ozoliņa Liepiņš/Liepiņa Krūmiņš/Krūmiņa Jansons/Jansone Balodis/Balode
  Eglītis/Eglīte Zariņš/Zariņa Vītols/Vītola Āboliņš/Āboliņa Šmits/Šmite Kārkliņš/Kārkliņa Gailis/Gaile
  Sproģis/Sproģe Rozītis/Rozīte Zvirbulis/Zvirbule Dreimanis/Dreimane Freimanis/Freimane Cīrulis/Cīrule
  Lapiņš/Lapiņa Auziņš/Auziņa Zvaigzne/Zvaigzne Ķēniņš/Ķēniņa Skujiņš/Skujiņa Vanags/Vanaga Strazdiņš/Strazdiņa
  Lācis/Lāce Vilks/Vilka Caune/Caune Pūce/Pūce Muižnieks/Muižniece Dzenis/Dzene Ziediņš/Ziediņa Rudzītis/Rudzīte
  Apsītis/Apsīte Priedītis/Priedīte Grīnbergs/Grīnberga Celmiņš/Celmiņa Krastiņš/Krastiņa Upītis/Upīte
  Ezeriņš/Ezeriņa Siliņš/Siliņa Kļaviņš/Kļaviņa Osis/Ose Kociņš/Kociņa Birznieks/Birzniece Dambis/Dambe
  Mednis/Medne Irbe/Irbe Zālītis/Zālīte Puriņš/Puriņa Sūniņš/Sūniņa Avotiņš/Avotiņa Straume/Straume
  Mežulis/Mežule Dūmiņš/Dūmiņa Ērglis/Ērgle Žagars/Žagare Vēveris/Vēvere Āpsis/Āpse Lūsis/Lūse Stirna/Stirna
  Briedis/Briede Zaķis/Zaķe Caunītis/Caunīte Bebris/Bebre Ķirsis/Ķirse Bumbieris/Bumbiere Pīlādzis/Pīlādze
  Kadiķis/Kadiķe Paeglis/Paegle Vītiņš/Vītiņa Lazdiņš/Lazdiņa Alksnis/Alksne Gobiņš/Gobiņa Saulītis/Saulīte
  Mēnesis/Mēnese Rasiņš/Rasiņa Migliņš/Migliņa Vējš/Vēja Pērkons/Pērkone Sniedziņš/Sniedziņa Ledainis/Ledaine
  Rītiņš/Rītiņa Vakariņš/Vakariņa Zemītis/Zemīte Laukmanis/Laukmane Arājs/Arāja Sējējs/Sējēja Kalējs/Kalēja
  Podnieks/Podniece Audējs/Audēja Drēbnieks/Drēbniece Dzirnieks/Dzirniece Mucenieks/Muceniece Zvejnieks/Zvejniece
  Laivinieks/Laiviniece Jūrmalis/Jūrmale Krauklis/Kraukle Žubītis/Žubīte Ķīvītis/Ķīvīte Dzilna/Dzilna
  Vālodze/Vālodze Gulbis/Gulbe Zosītis/Zosīte Mālnieks/Mālniece Smilga/Smilga Vībotne/Vībotne Madaliņš/Madaliņa
`);

/** Names of Russian origin as Latvian spells and declines them. */
export const russianMenInLatvian = list(`
  Aleksandrs Sergejs Dmitrijs Vladimirs Andrejs Igors Oļegs Jurijs Mihails Nikolajs Aleksejs Vitālijs Genādijs
  Konstantīns Maksims Pāvels Romāns Staņislavs Viktors Artjoms Deniss Jevgeņijs Kirils Iļja Ruslans
`);

export const russianWomenInLatvian = list(`
  Jeļena Natālija Svetlana Olga Tatjana Irina Marina Ludmila Oksana Jūlija Anastasija Jekaterina Viktorija Ksenija
  Gaļina Valentīna Nadežda Ļubova Larisa Alla Darja Poļina Vera Žanna Zinaīda
`);

export const russianSurnamesInLatvian = list(`
  Ivanovs/Ivanova Kuzņecovs/Kuzņecova Smirnovs/Smirnova Popovs/Popova Vasiļjevs/Vasiļjeva Petrovs/Petrova
  Sokolovs/Sokolova Mihailovs/Mihailova Novikovs/Novikova Fjodorovs/Fjodorova Morozovs/Morozova Volkovs/Volkova
  Aleksejevs/Aleksejeva Ļebedevs/Ļebedeva Semjonovs/Semjonova Jegorovs/Jegorova Pavlovs/Pavlova Kozlovs/Kozlova
  Stepanovs/Stepanova Nikolajevs/Nikolajeva Orlovs/Orlova Andrejevs/Andrejeva Makarovs/Makarova Zaharovs/Zaharova
  Zaicevs/Zaiceva Solovjovs/Solovjova Borisovs/Borisova Jakovļevs/Jakovļeva Grigorjevs/Grigorjeva Romanovs/Romanova
  Vorobjovs/Vorobjova Sergejevs/Sergejeva Frolovs/Frolova Tarasovs/Tarasova Žukovs/Žukova Belovs/Belova
  Komarovs/Komarova Kiseļovs/Kiseļova Titovs/Titova Gromovs/Gromova Šubins/Šubina Čerņavskis/Čerņavska
  Višņevskis/Višņevska Lavrovs/Lavrova Medvedevs/Medvedeva Baranovs/Baranova Golubevs/Golubeva Vinogradovs/Vinogradova
`);
