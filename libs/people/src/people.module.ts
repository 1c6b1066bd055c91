import { Module } from '@nestjs/common';
import type { EntityClass } from '#libs/platform';
import { NoticeChoiceRow } from './notice-choice.entity.js';
import { Patient } from './patient.entity.js';
import { NoticeChoices } from './queries/notice-choices.js';
import { Patients } from './queries/patients.js';

export const peopleEntities: readonly EntityClass[] = [NoticeChoiceRow, Patient];

const doors = [NoticeChoices, Patients];

/** Patients, their codes and contacts, and who may act for whom. */
@Module({ providers: doors, exports: doors })
export class PeopleModule {}
