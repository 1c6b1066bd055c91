export { waitingListEntities, WaitingListModule } from './waiting-list.module.js';
export { AnswerEntry } from './answer-entry.js';
export { BookEntry, type EntryOutcome } from './book-entry.js';
export {
  type EntryFilter,
  type EntryStep,
  WaitingEntries,
  type WaitingEntry,
  type WaitingEntryCard,
} from './queries/waiting-entries.js';
export { RegisterEntry, type Registration, type Wisher } from './register-entry.js';
export { ReopenEntry } from './reopen-entry.js';
export {
  answerDueOn,
  type Channel,
  channels,
  countsFrom,
  type Place,
  type StaffChannel,
  staffChannels,
} from './rules/counts-from.js';
export { type EndedReason, endedReasons } from './rules/ended-reasons.js';
export { type EntryState, entryStates } from './waiting-list-entry.entity.js';
export { WithdrawEntry } from './withdraw-entry.js';
