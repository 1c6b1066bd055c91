import { words } from '../words.js';
import type { ServiceKind } from './services.js';

/** Services for which a room is booked by itself: no practitioner offers them. */
export const servicesOfRooms: readonly ServiceKind[] = [
  {
    code: 'salt-room',
    name: words('Sāls istabas seanss', 'Soolakambri seanss', 'Salt room session', 'Сеанс в соляной комнате'),
    minutes: 45,
    buffers: [0, 15],
    cents: 1500,
    preparation: 'saltRoom',
    specialties: [],
    paidOnly: true,
  },
  {
    code: 'chest-x-ray',
    name: words('Plaušu rentgens', 'Kopsuröntgen', 'Chest X-ray', 'Рентген лёгких'),
    minutes: 15,
    cents: 1800,
    preparation: 'xRay',
    specialties: [],
  },
  {
    code: 'flu-vaccination',
    name: words(
      'Vakcinācija pret gripu (valsts apmaksāta)',
      'Gripivastane vaktsineerimine (riigi rahastatud)',
      'Flu vaccination (state-paid)',
      'Прививка от гриппа (за счёт государства)',
    ),
    minutes: 15,
    preparation: 'vaccination',
    specialties: [],
    seats: 8,
  },
  {
    code: 'flu-vaccination-paid',
    name: words('Vakcinācija pret gripu', 'Gripivastane vaktsineerimine', 'Flu vaccination', 'Прививка от гриппа'),
    minutes: 15,
    cents: 2500,
    preparation: 'vaccination',
    specialties: [],
    paidOnly: true,
    seats: 6,
  },
];
