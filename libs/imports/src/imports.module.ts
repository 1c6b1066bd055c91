import { Module } from '@nestjs/common';
import type { EntityClass } from '#libs/platform';
import { AddFile } from './add-file.js';
import { BeginImport } from './begin-import.js';
import { BringIn } from './bring-in.js';
import { CheckImport } from './check-import.js';
import { DiscardImport } from './discard-import.js';
import { ForgetImports } from './forget-imports.js';
import { ImportChunk } from './import-chunk.entity.js';
import { ImportFile } from './import-file.entity.js';
import { ImportKey } from './import-key.entity.js';
import { ImportMistake } from './import-mistake.entity.js';
import { ImportRun } from './import-run.entity.js';
import { ImportsOfClinic } from './queries/imports-of-clinic.js';
import { WorkImport } from './work-import.js';

export const importsEntities: readonly EntityClass[] = [ImportChunk, ImportFile, ImportKey, ImportMistake, ImportRun];

const providers = [
  AddFile,
  BeginImport,
  BringIn,
  CheckImport,
  DiscardImport,
  ForgetImports,
  ImportsOfClinic,
  WorkImport,
];

/** Bringing a clinic in: branches, practitioners, services, hours and appointments from tables or a FHIR Bundle. */
@Module({ providers, exports: providers })
export class ImportsModule {}
