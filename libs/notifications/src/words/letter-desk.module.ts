import { Module } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { PreviewLetter } from '../preview/preview-letter.js';
import { KeepLetterWords } from './keep-letter-words.js';
import { KeepPreparation } from './keep-preparation.js';
import { WordsOfClinic } from './words-of-clinic.js';

const providers = [KeepLetterWords, KeepPreparation, WordsOfClinic, PreviewLetter];

/** What a clinic's letters say: its own words, and how each letter looks. Nothing is sent from here. */
@Module({ imports: [AccessModule], providers, exports: providers })
export class LetterDeskModule {}
