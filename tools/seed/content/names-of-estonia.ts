import { list } from '../words.js';

export const estonianMen = list(`
  Tõnu Jaan Margus Andres Toomas Urmas Priit Indrek Kristjan Rasmus Siim Taavi Mihkel Karl Hendrik Märt Ott Erki Aivar
  Raul Rein Kalev Tarmo Veiko Üllar Ülo Jüri Lauri Kaarel Marek Argo Sander Tanel Uku Villu Andrus Enn Gunnar Heiki
  Juhan Koit Meelis Oskar Peep Sulev Tiit Väino Ants Eerik Joosep
`);

export const estonianWomen = list(`
  Kadri Liis Kristi Triin Maarja Anu Piret Katrin Helen Merle Tiina Riina Eve Külli Ülle Mare Kaja Sirje Anneli Pille
  Epp Liina Kersti Marika Reet Signe Õie Annika Evelin Hedvig Ingrid Jaanika Karin Leelo Maret Nele Oivi Pilvi Ruth
  Siiri Terje Urve Viivi Astrid Helle Mall Tuuli Mirjam Laine Vaike
`);

/** Estonian surnames have one form for women and men. */
export const estonianSurnames = list(`
  Tamm Saar Sepp Mägi Kask Kukk Rebane Ilves Pärn Koppel Luik Oja Raudsepp Vaher Lepik Teder Kaasik Kuusik Lepp Jõgi
  Kallas Männik Toom Põld Ots Hunt Nurm Roos Käär Allik Rätsep Kivi Uibo Sild Puusepp Järv Kangur Teras Laas Mänd
  Karu Põder Kõiv Pihlak Sarapuu Toomingas Õunapuu Sõber Lõhmus Võsu Rand Laht Meri Sadam Kalda Rannamäe Nõmm Soo
  Raba Allikas Ojaveer Jõesaar Veskimägi Kivimägi Liivamägi Kuusemets Männimets Kasemaa Niinemets Haavik Pajuste
  Remmelgas Kadakas Vahtra Jalakas Tammsalu Lepasaar Kaselaan Tuisk Tuul Lumi Vihma Päiksaar Koidula Hommik Õhtu
  Rukis Oder Kaer Nisu Ader Reha Sirp Vikat Kärner Kalamees Mölder Kingsepp Müürsepp Pottsepp Vaarmann Aavik
  Varblane Pääsuke Kuldnokk Rähn Kägu Ööbik Luts Särg Havi Ahven Angerjas Räim Tint Haug Säga Koger
`);

/** Names of Russian origin as Estonian spells them. */
export const russianMenInEstonian = list(`
  Aleksandr Sergei Dmitri Vladimir Andrei Igor Oleg Juri Mihhail Nikolai Aleksei Vitali Gennadi Konstantin Maksim Pavel
  Roman Stanislav Viktor Artjom Deniss Jevgeni Kirill Ilja Ruslan
`);

export const russianWomenInEstonian = list(`
  Jelena Natalja Svetlana Olga Tatjana Irina Marina Ljudmila Oksana Julia Anastassia Jekaterina Viktoria Ksenia Galina
  Valentina Nadežda Ljubov Larissa Alla Darja Polina Vera Žanna Zinaida
`);

export const russianSurnamesInEstonian = list(`
  Ivanov/Ivanova Kuznetsov/Kuznetsova Smirnov/Smirnova Popov/Popova Vassiljev/Vassiljeva Petrov/Petrova
  Sokolov/Sokolova Mihhailov/Mihhailova Novikov/Novikova Fjodorov/Fjodorova Morozov/Morozova Volkov/Volkova
  Aleksejev/Aleksejeva Lebedev/Lebedeva Semjonov/Semjonova Jegorov/Jegorova Pavlov/Pavlova Kozlov/Kozlova
  Stepanov/Stepanova Nikolajev/Nikolajeva Orlov/Orlova Andrejev/Andrejeva Makarov/Makarova Zahharov/Zahharova
  Zaitsev/Zaitseva Solovjov/Solovjova Borissov/Borissova Jakovlev/Jakovleva Grigorjev/Grigorjeva Romanov/Romanova
  Vorobjov/Vorobjova Sergejev/Sergejeva Frolov/Frolova Tarassov/Tarassova Žukov/Žukova Belov/Belova Komarov/Komarova
  Kisseljov/Kisseljova Titov/Titova Gromov/Gromova Šubin/Šubina Tšernjavski/Tšernjavskaja Višnevski/Višnevskaja
  Lavrov/Lavrova Medvedev/Medvedeva Baranov/Baranova Golubev/Golubeva Vinogradov/Vinogradova
`);
