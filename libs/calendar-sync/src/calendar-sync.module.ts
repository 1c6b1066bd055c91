import { Module } from '@nestjs/common';
import { BeginConnection } from './begin-connection.js';
import { ChooseCalendar } from './choose-calendar.js';
import { DisconnectCalendar } from './disconnect-calendar.js';
import { FinishConnection } from './finish-connection.js';
import { ForgetConnections } from './forget-connections.js';
import { Google } from './google/google.js';
import { LeftBehind } from './left-behind.js';
import { NoteEntries } from './note-entries.js';
import { PutBack } from './put-back.js';
import { PutEntry } from './put-entry.js';
import { OwnCalendar } from './queries/own-calendar.js';
import { RetryEntries } from './retry-entries.js';
import { TakeBackEntries } from './take-back-entries.js';

const providers = [
  BeginConnection,
  ChooseCalendar,
  DisconnectCalendar,
  FinishConnection,
  ForgetConnections,
  Google,
  LeftBehind,
  NoteEntries,
  OwnCalendar,
  PutBack,
  PutEntry,
  RetryEntries,
  TakeBackEntries,
];

/** People's own calendars at Google. */
@Module({ providers, exports: providers })
export class CalendarSyncModule {}
