import { NamesAreFoundWithoutAccents1764000000001 } from './1764000000001-names-are-found-without-accents.js';
import { ClinicsAndWhoWorksThere1764000000002 } from './1764000000002-clinics-and-who-works-there.js';
import { OnlyThoseWhoMay1764000000003 } from './1764000000003-only-those-who-may.js';
import { ContactsAreNeverIdentity1764000000004 } from './1764000000004-contacts-are-never-identity.js';
import { LocalTimeIsTheClinics1764000000005 } from './1764000000005-local-time-is-the-clinics.js';
import { NobodyIsDoubleBooked1764000000006 } from './1764000000006-nobody-is-double-booked.js';
import { FreeDaysAreMaintained1764000000007 } from './1764000000007-free-days-are-maintained.js';
import { EveryStepIsHistory1764000000008 } from './1764000000008-every-step-is-history.js';
import { RepeatingIsHarmless1764000000009 } from './1764000000009-repeating-is-harmless.js';
import { WhatMustBeToldIsTold1764000000010 } from './1764000000010-what-must-be-told-is-told.js';
import { WhatAVisitTakes1764000000011 } from './1764000000011-what-a-visit-takes.js';
import { DaysOffAreTheClinics1764000000012 } from './1764000000012-days-off-are-the-clinics.js';
import { HoursAsPeopleThink1764000000013 } from './1764000000013-hours-as-people-think.js';
import { AServiceSaysForWhom1764000000014 } from './1764000000014-a-service-says-for-whom.js';
import { WhoAClinicIs1764000000015 } from './1764000000015-who-a-clinic-is.js';
import { WhoIsInsideIsAskedAbout1764000000016 } from './1764000000016-who-is-inside-is-asked-about.js';
import { VisitsThatBelongTogether1764000000017 } from './1764000000017-visits-that-belong-together.js';
import { FilesAreBroughtIn1764000000018 } from './1764000000018-files-are-brought-in.js';
import { UseIsCountedFromTheLedger1764000000019 } from './1764000000019-use-is-counted-from-the-ledger.js';
import { FreeStartsKnowWhatIsFull1764000000020 } from './1764000000020-free-starts-know-what-is-full.js';
import { AStepCanBeTakenBack1764000000021 } from './1764000000021-a-step-can-be-taken-back.js';
import { APersonKeepsTheirView1764000000022 } from './1764000000022-a-person-keeps-their-view.js';
import { AClinicKnowsItsPeople1764000000023 } from './1764000000023-a-clinic-knows-its-people.js';
import { NumbersWaitNeverNames1764000000024 } from './1764000000024-numbers-wait-never-names.js';
import { ARoleReachesSoFar1764000000025 } from './1764000000025-a-role-reaches-so-far.js';
import { RequestsAreRegistered1764000000026 } from './1764000000026-requests-are-registered.js';
import { WhatIsOverIsAskedAbout1764000000027 } from './1764000000027-what-is-over-is-asked-about.js';
import { AnOverrideSaysWhy1764000000033 } from './1764000000033-an-override-says-why.js';
import { ARequestWaitsAgain1764000000034 } from './1764000000034-a-request-waits-again.js';
import { WhatBecameOfIt1764000000035 } from './1764000000035-what-became-of-it.js';
import { AClinicSaysItInItsOwnWords1764000000036 } from './1764000000036-a-clinic-says-it-in-its-own-words.js';
import { AnAnswerComesBack1764000000037 } from './1764000000037-an-answer-comes-back.js';
import { AReminderIsTrueWhenItLeaves1764000000038 } from './1764000000038-a-reminder-is-true-when-it-leaves.js';
import { ShortMessagesAreCounted1764000000039 } from './1764000000039-short-messages-are-counted.js';
import { VisitsInOnesOwnCalendar1764000000040 } from './1764000000040-visits-in-ones-own-calendar.js';
import { ADoctorsOwnCalendarCounts1764000000041 } from './1764000000041-a-doctors-own-calendar-counts.js';
import { AVisitIsSeenWhereOneLooks1764000000042 } from './1764000000042-a-visit-is-seen-where-one-looks.js';
import { BusyTimesAreRead1764000000048 } from './1764000000048-busy-times-are-read.js';
import { OneWhoIsAloneMayLetGo1764000000049 } from './1764000000049-one-who-is-alone-may-let-go.js';
import { WhatWasPutIsTakenAlong1764000000050 } from './1764000000050-what-was-put-is-taken-along.js';
import { WhoDidWhatIsFoundAtOnce1764000000052 } from './1764000000052-who-did-what-is-found-at-once.js';
import { WhatCameTooNearIsFoundAtOnce1764000000053 } from './1764000000053-what-came-too-near-is-found-at-once.js';
import { APersonsPeopleAreFoundAtOnce1764000000054 } from './1764000000054-a-persons-people-are-found-at-once.js';

/** All steps of the schema, in order. The newest one's name is the schema version that a process asks for. */
export const migrations = [
  NamesAreFoundWithoutAccents1764000000001,
  ClinicsAndWhoWorksThere1764000000002,
  OnlyThoseWhoMay1764000000003,
  ContactsAreNeverIdentity1764000000004,
  LocalTimeIsTheClinics1764000000005,
  NobodyIsDoubleBooked1764000000006,
  FreeDaysAreMaintained1764000000007,
  EveryStepIsHistory1764000000008,
  RepeatingIsHarmless1764000000009,
  WhatMustBeToldIsTold1764000000010,
  WhatAVisitTakes1764000000011,
  DaysOffAreTheClinics1764000000012,
  HoursAsPeopleThink1764000000013,
  AServiceSaysForWhom1764000000014,
  WhoAClinicIs1764000000015,
  WhoIsInsideIsAskedAbout1764000000016,
  VisitsThatBelongTogether1764000000017,
  FilesAreBroughtIn1764000000018,
  UseIsCountedFromTheLedger1764000000019,
  FreeStartsKnowWhatIsFull1764000000020,
  AStepCanBeTakenBack1764000000021,
  APersonKeepsTheirView1764000000022,
  AClinicKnowsItsPeople1764000000023,
  NumbersWaitNeverNames1764000000024,
  ARoleReachesSoFar1764000000025,
  RequestsAreRegistered1764000000026,
  WhatIsOverIsAskedAbout1764000000027,
  AnOverrideSaysWhy1764000000033,
  ARequestWaitsAgain1764000000034,
  WhatBecameOfIt1764000000035,
  AClinicSaysItInItsOwnWords1764000000036,
  AnAnswerComesBack1764000000037,
  AReminderIsTrueWhenItLeaves1764000000038,
  ShortMessagesAreCounted1764000000039,
  VisitsInOnesOwnCalendar1764000000040,
  ADoctorsOwnCalendarCounts1764000000041,
  AVisitIsSeenWhereOneLooks1764000000042,
  BusyTimesAreRead1764000000048,
  OneWhoIsAloneMayLetGo1764000000049,
  WhatWasPutIsTakenAlong1764000000050,
  WhoDidWhatIsFoundAtOnce1764000000052,
  WhatCameTooNearIsFoundAtOnce1764000000053,
  APersonsPeopleAreFoundAtOnce1764000000054,
];
